import { oneLine } from '../templates/one-line.js';
import type { Transport } from './transport.js';

const CODE_HEADERS = [
  'X-Verify-Short-Code',
  'X-Signin-Verify-Code',
  'X-Account-Change-Verify-Code',
  'X-Password-Forgot-Otp',
  'X-Unblock-Code',
];

/** Shows mails to the person at the console, as a short block with the code or the link; always succeeds. */
export function consoleTransport(print: (text: string) => void): Transport {
  return {
    async send({ to, cc, subject, headers }) {
      const code = CODE_HEADERS.map((name) => headers[name]).find((value) => value !== undefined);
      const link = headers['X-Link'];
      const lines = [`Mail to ${[to, ...cc].join(', ')}`, subject];
      if (code !== undefined) lines.push(`Code: ${code}`);
      if (link !== undefined) lines.push(link);
      print(`\n${lines.map((line) => `  ${oneLine(line)}`).join('\n')}\n\n`);
      return { kind: 'sent', rejections: [] };
    },
    close() {},
  };
}
