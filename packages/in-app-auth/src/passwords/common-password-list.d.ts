declare module 'fxa-common-password-list/src/encoded-passwords.js' {
  const text: string;
  export = text;
}
