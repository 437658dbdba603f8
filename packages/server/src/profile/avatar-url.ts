/** Where the picture of an id (hex, 32 digits) is. Another picture gets another address. */
export function avatarUrl(publicUrl: string, id: string): string {
  return `${publicUrl}/v1/a/${id}`;
}

/** Where the picture of people is who have set none: one letter, of their name or else of their address. */
export function monogramUrl(publicUrl: string, displayName: string | null, email: string): string {
  const [letter] = [displayName ?? '', email].flatMap(
    (text) => /^[a-z0-9]/i.exec(text.trim())?.[0].toUpperCase() ?? [],
  );
  return `${publicUrl}/v1/avatar/${encodeURIComponent(letter ?? '?')}`;
}
