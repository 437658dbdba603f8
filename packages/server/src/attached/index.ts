/** Who may call the routes of devices, and which device is theirs. oauth-devices §0.3, §3. */
export { findOwnDevice, type Holder } from './holder.js';
