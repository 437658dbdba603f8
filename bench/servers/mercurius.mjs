// A GraphQL server without a database: the account query, answered from constants by mercurius.
import fastify from 'fastify';
import mercurius from 'mercurius';

const schema = `
type Query { account: Account session: Session! }
type Account {
  uid: ID! metricsEnabled: Boolean! emails: [Email!]! totp: Totp! backupCodes: BackupCodes!
  attachedClients: [AttachedClient!]!
}
type Email { email: String! isPrimary: Boolean! verified: Boolean! }
type Totp { exists: Boolean! verified: Boolean! }
type BackupCodes { hasBackupCodes: Boolean! count: Float! }
type AttachedClient { name: String isCurrentSession: Boolean! userAgent: String! lastAccessTime: Float }
type Session { verified: Boolean! }
`;
const account = {
  uid: '0'.repeat(32),
  metricsEnabled: true,
  emails: [{ email: 'holder@example.com', isPrimary: true, verified: true }],
  totp: { exists: false, verified: false },
  backupCodes: { hasBackupCodes: false, count: 0 },
  attachedClients: [{ name: null, isCurrentSession: true, userAgent: '', lastAccessTime: 0 }],
};

const app = fastify();
await app.register(mercurius, {
  schema,
  resolvers: { Query: { account: async () => account, session: async () => ({ verified: true }) } },
  jit: 1,
});
process.send({ url: await app.listen({ host: '127.0.0.1', port: 0 }) });
process.once('SIGTERM', () => process.exit(0));
