import { CONFIG_FILE_VARIABLE } from './read-config.js';
import { SETTINGS } from './settings.js';

const INTRODUCTION =
  'Settings come from environment variables. An empty value counts as not set. An unknown name that begins with FOXDEN_ ' +
  'or a value that cannot be used stops the start. ' +
  `${CONFIG_FILE_VARIABLE} may name a file of NAME=value lines; the environment wins over it.`;

const WIDTH = 88;

/** All settings with explanation, accepted values, default and example, for a terminal. */
export function explainConfig(): string {
  const entries = Object.values(SETTINGS).map((setting) =>
    [
      setting.environment,
      ...wrap(setting.explanation, WIDTH - 4).map((line) => `    ${line}`),
      `    accepts  ${setting.kind.accepts}`,
      `    default  ${setting.defaultText}`,
      `    example  ${setting.environment}=${setting.example}`,
    ].join('\n'),
  );
  return `${[wrap(INTRODUCTION, WIDTH).join('\n'), ...entries].join('\n\n')}\n`;
}

/** The same as a Markdown page: docs/configuration.md. */
export function configMarkdown(): string {
  const sections = Object.values(SETTINGS).map((setting) =>
    [
      `## ${setting.environment}`,
      '',
      ...wrap(setting.explanation, 120),
      '',
      `- accepts: ${setting.kind.accepts.replaceAll('<', '&lt;')}`,
      `- default: ${setting.defaultText}`,
      `- example: \`${setting.environment}=${setting.example}\``,
    ].join('\n'),
  );
  const head = ['# Configuration', '', ...wrap(INTRODUCTION, 120), '', '`foxden config explain` prints this page.'];
  return `${[head.join('\n'), ...sections].join('\n\n')}\n`;
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
