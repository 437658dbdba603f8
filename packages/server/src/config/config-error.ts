/** A setting that stops the start. The message is one sentence for the person who wrote the setting. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}
