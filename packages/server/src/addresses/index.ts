/** Having several addresses: adding, proving and removing them, and which one is the primary. auth-api §6.9. */
export { listAddresses } from './list.js';
