/** The schema that this library shares with the Rust client (client §5.1). */
export const SCHEMA_VERSION = 'V2';

/** Members of a file that belong to the schema; those from `suspect_refresh_token` on are additions that the Rust client ignores. */
export const STORED_MEMBERS: readonly string[] = [
  'schema_version',
  'config',
  'current_device_id',
  'refresh_token',
  'scoped_keys',
  'last_handled_command',
  'commands_data',
  'device_capabilities',
  'access_token_cache',
  'session_token',
  'last_seen_profile',
  'server_local_device_info',
  'logged_out_from_auth_issues',
  'suspect_refresh_token',
  'lost_scopes',
  'uid',
  'outgoing_commands',
  'owns_session_token',
  'pending_flow',
];
