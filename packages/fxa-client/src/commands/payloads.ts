import { bytesToBase64url, type Random } from '@foxden/protocol';
import { flag, list, object, type Reader, text, withDefault } from '../persistence/reading.js';

/** One page of a tab's history. */
export interface TabHistoryEntry {
  readonly title: string;
  readonly url: string;
  readonly isPrivate: boolean;
}

/** A tab that was sent; its last entry is the page to show (client §7.3). */
export interface SendTabPayload {
  readonly entries: readonly TabHistoryEntry[];
  readonly flowId: string;
  readonly streamId: string;
}

/** Tabs to close. */
export interface CloseTabsPayload {
  readonly urls: readonly string[];
  readonly flowId: string;
  readonly streamId: string;
}

export const readTabEntry: Reader<TabHistoryEntry> = object((member) => ({
  title: member('title', text),
  url: member('url', text),
  isPrivate: member('private', withDefault(flag, false)),
}));

export const readSendTab: Reader<SendTabPayload> = object((member) => ({
  entries: member('entries', list(readTabEntry)),
  flowId: member('flowID', withDefault(text, '')),
  streamId: member('streamID', withDefault(text, '')),
}));

export const readCloseTabs: Reader<CloseTabsPayload> = object((member) => ({
  urls: member('urls', list(text)),
  flowId: member('flowID', withDefault(text, '')),
  streamId: member('streamID', withDefault(text, '')),
}));

export function sendTabJson({ entries, flowId, streamId }: SendTabPayload): object {
  const tabs = entries.map(({ title, url, isPrivate }) => ({ title, url, private: isPrivate }));
  return { entries: tabs, flowID: flowId, streamID: streamId };
}

export function closeTabsJson({ urls, flowId, streamId }: CloseTabsPayload): object {
  return { urls, flowID: flowId, streamID: streamId };
}

/** A name for one journey, or one command of it: 12 characters (client §7.3). */
export function telemetryId(random: Random): string {
  return bytesToBase64url(random(9));
}
