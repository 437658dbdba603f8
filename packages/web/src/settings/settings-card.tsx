import type { ComponentChildren } from 'preact';
import { resource as english } from '../messages/en/settings.ftl';
import { useText } from '../messages/use-text.js';
import { useServices } from '../services.js';
import { Card } from '../ui/card.js';
import { Notice } from '../ui/notice.js';
import { QuietLink } from '../ui/quiet-link.js';
import type { Attempt } from './attempt.js';

/** The texts that all settings pages share. */
export const settingsMessages = { name: 'settings', english };

interface SettingsCardProps {
  readonly heading: string;
  readonly lead?: string | undefined;
  readonly attempt: Attempt;
  /** There is a field that takes the focus. */
  readonly hasField?: boolean;
  /** The quiet ways below; back to all settings when left out. */
  readonly ways?: ComponentChildren;
  readonly children?: ComponentChildren;
}

/** One section of the settings. */
export function SettingsCard({ heading, lead, attempt, hasField = false, ways, children }: SettingsCardProps) {
  const { error, failure, notice } = attempt;
  const failed = error !== undefined || failure !== undefined;
  return (
    <Card heading={heading} lead={lead} failed={failed} focusHeading={!hasField}>
      <Notice kind="news" message={notice} />
      <Notice kind="error" message={failure} />
      {children}
      <p class="ways">{ways ?? <BackToSettings />}</p>
    </Card>
  );
}

export function BackToSettings() {
  const text = useText();
  const { navigation } = useServices();
  return <QuietLink label={text('settings-back')} to="/settings" onFollow={() => navigation.go('/settings')} />;
}
