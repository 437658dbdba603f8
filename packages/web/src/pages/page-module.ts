import type { ComponentType } from 'preact';
import type { MessagePart } from '../messages/messages.js';

/** A page and the texts that it needs beside the common ones. */
export interface PageModule {
  readonly Page: ComponentType;
  readonly messages?: MessagePart | readonly MessagePart[];
}
