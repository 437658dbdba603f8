/** What FxA has and this server deliberately has not, and what it answers to those who ask: auth-api §6.15 to §6.18. */
export { installAbsent } from './install.js';
export { absentRoutes } from './routes.js';
