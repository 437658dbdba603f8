/**
 * Device records, what stands behind the sessions and refresh tokens of browsers, and the commands that wait for them.
 * oauth-devices §3.1, §3.3.
 * The room is below sessions/ and oauth/, which take a device along when they delete what it is bound to.
 */
export { COMMANDS_KEPT, enqueueCommand, listCommands, pruneCommands, type WaitingCommand } from './commands.js';
export { deleteDeviceOfRefreshToken, deleteDeviceOfSession, deleteDevicesOfSessions } from './delete.js';
export { type Device, type DeviceChanges, UNDESCRIBED } from './device.js';
export { moveDevice } from './move.js';
export { ensurePlaceholderDevice, type PlaceholderDevice } from './placeholder.js';
export {
  deleteDevice,
  expirePushEndpoint,
  findDevice,
  findDeviceOfRefreshToken,
  findDeviceOfSession,
  insertDevice,
  listDevices,
  updateDevice,
} from './store.js';
