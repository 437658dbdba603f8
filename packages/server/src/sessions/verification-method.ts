import type { accountLogin, BodyOf } from '@foxden/protocol';

/** How a client asks to have a session verified, and how it is told to (auth-api §5.2). */
export type VerificationMethod = NonNullable<BodyOf<typeof accountLogin>['verificationMethod']>;
