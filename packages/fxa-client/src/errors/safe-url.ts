/** A URL as it may be shown: queries and fragments may hold secrets (client §1.5). */
export function safeUrl(url: string): string {
  return url.replace(/[?#].*$/s, '');
}
