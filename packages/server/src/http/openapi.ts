import {
  AUTH_ERRORS,
  type Endpoint,
  type ErrorDefinition,
  MFA_ACTIONS,
  OAUTH_ERRORS,
  PROFILE_ERRORS,
  type Schema,
} from '@foxden/protocol';
import { API_ROOT } from './mount.js';

const TABLES: Readonly<Record<Endpoint['family'], Readonly<Record<string, ErrorDefinition>>>> = {
  auth: AUTH_ERRORS,
  oauth: OAUTH_ERRORS,
  profile: PROFILE_ERRORS,
};

/** The OpenAPI 3.1 document of the API, from the endpoint definitions alone. */
export function openApiDocument(
  endpoints: Readonly<Record<string, Endpoint>>,
  info: { title: string; version: string; serverUrl: string },
): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const [name, endpoint] of Object.entries(endpoints)) {
    const path = API_ROOT + endpoint.path;
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(name, endpoint) };
  }
  return {
    openapi: '3.1.0',
    info: { title: info.title, version: info.version },
    servers: [{ url: info.serverUrl }],
    paths,
    components: {
      securitySchemes: {
        sessionToken: bearer('Bearer fxs_<tokenId>, or Hawk with the tokenId as id'),
        keyFetchToken: bearer('Bearer fxk_<tokenId>, or Hawk'),
        passwordChangeToken: bearer('Bearer fxpc_<tokenId>, or Hawk'),
        passwordForgotToken: bearer('Bearer fxpf_<tokenId>, or Hawk'),
        accountResetToken: bearer('Bearer fxar_<tokenId>, or Hawk'),
        refreshToken: bearer('An OAuth refresh token (64 hex digits) with the scope of Sync'),
        accessToken: bearer('An OAuth access token'),
        ...Object.fromEntries(MFA_ACTIONS.map((action) => [`mfa:${action}`, bearer('A token of /mfa/otp/verify')])),
      },
    },
  };
}

function bearer(description: string): object {
  return { type: 'http', scheme: 'bearer', description };
}

function operation(operationId: string, endpoint: Endpoint): object {
  return {
    operationId,
    tags: [endpoint.family],
    summary: endpoint.summary,
    security: endpoint.authentication.map((scheme) => (scheme === 'none' ? {} : { [scheme]: [] })),
    parameters: [...parameters('path', endpoint.params), ...parameters('query', endpoint.query)],
    ...(endpoint.body !== undefined && {
      requestBody: {
        required: endpoint.bodyRequired === true,
        content: Object.fromEntries(contentTypes(endpoint).map((type) => [type, bodySchema(endpoint)])),
      },
    }),
    responses: {
      200: { description: 'OK', content: { 'application/json': { schema: endpoint.response } } },
      ...errorResponses(endpoint),
    },
  };
}

/** OpenAPI 3.1 describes a file by its type alone. */
function bodySchema(endpoint: Endpoint): object {
  return endpoint.file === undefined ? { schema: endpoint.body } : {};
}

function contentTypes(endpoint: Endpoint): readonly string[] {
  if (endpoint.file !== undefined) return endpoint.file.types;
  return endpoint.form === true ? ['application/json', 'application/x-www-form-urlencoded'] : ['application/json'];
}

function parameters(location: 'path' | 'query', schema: Schema<unknown> | undefined): object[] {
  const properties = (schema?.['properties'] ?? {}) as Record<string, object>;
  const required = (schema?.['required'] ?? []) as readonly string[];
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: location,
    required: location === 'path' || required.includes(name),
    schema: property,
  }));
}

/** The endpoint's own errors, gathered by status: `400: "103 Incorrect password; …"`. */
function errorResponses(endpoint: Endpoint): Record<string, { description: string }> {
  const byStatus = new Map<number, string[]>();
  for (const name of endpoint.errors) {
    const definition = TABLES[endpoint.family][name];
    if (definition === undefined) continue;
    const lines = byStatus.get(definition.status) ?? [];
    byStatus.set(definition.status, [...lines, `${definition.errno} ${definition.message}`]);
  }
  return Object.fromEntries([...byStatus].map(([status, lines]) => [status, { description: lines.join('; ') }]));
}
