/** How a command was found (client §7.8). */
export type CommandReason = 'push' | 'push-missed' | 'poll';

type CommandKind = 'send_tab' | 'close_tabs';

interface SentCommand {
  readonly command: CommandKind;
  readonly flow_id: string;
  readonly stream_id: string;
}

interface ReceivedCommand extends SentCommand {
  readonly reason: CommandReason;
}

const MOST_ENTRIES = 200;

/** What was sent and received, until it is gathered (client §7.8). */
export class Telemetry {
  private commandsSent: SentCommand[] = [];
  private commandsReceived: ReceivedCommand[] = [];

  sent(command: CommandKind, flowId: string, streamId: string): void {
    if (this.commandsSent.length >= MOST_ENTRIES) return;
    this.commandsSent.push({ command, flow_id: flowId, stream_id: streamId });
  }

  received(command: CommandKind, flowId: string, streamId: string, reason: CommandReason): void {
    if (this.commandsReceived.length >= MOST_ENTRIES) return;
    this.commandsReceived.push({ command, flow_id: flowId, stream_id: streamId, reason });
  }

  /** Everything since the last time, as JSON. */
  gather(): string {
    const gathered = JSON.stringify({ commands_sent: this.commandsSent, commands_received: this.commandsReceived });
    this.commandsSent = [];
    this.commandsReceived = [];
    return gathered;
  }
}
