import type { Endpoint } from '@foxden/protocol';
import { object, type Reader, text } from '../persistence/reading.js';

/** Where the parts of an accounts server are (client §1.2). URLs without a slash at the end. */
export interface Discovery {
  readonly authServer: string;
  readonly oauthServer: string;
  readonly tokenServer: string;
  readonly authorizationEndpoint: string;
  readonly introspectionEndpoint: string;
  readonly userinfoEndpoint: string;
}

const document = (path: string): Endpoint<readonly ['none']> => ({
  method: 'GET',
  path,
  family: 'auth',
  summary: 'Discovery',
  authentication: ['none'],
  response: {},
  errors: [],
});

/** Read first, for the API roots. */
export const clientConfiguration = document('/.well-known/fxa-client-configuration');
export const openidConfiguration = document('/.well-known/openid-configuration');

const url: Reader<string> = (value, name) => text(value, name).replace(/\/+$/, '');

/** The members of the first document. All others are ignored. */
export const readClientConfiguration = object((member) => ({
  authServer: member('auth_server_base_url', url),
  oauthServer: member('oauth_server_base_url', url),
  tokenServer: member('sync_tokenserver_base_url', url),
}));

export const readOpenidConfiguration = object((member) => ({
  authorizationEndpoint: member('authorization_endpoint', text),
  introspectionEndpoint: member('introspection_endpoint', text),
  userinfoEndpoint: member('userinfo_endpoint', text),
}));
