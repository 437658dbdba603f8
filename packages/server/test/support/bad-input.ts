import { allEndpoints, type Endpoint, type Schema } from '@foxden/protocol';
import { API_ROOT } from '@foxden/server';
import fc from 'fast-check';
import { badAuthorizations, goodAuthorization, type Holdings, headerText } from './bad-credentials.js';
import {
  isRight,
  membersOf,
  noJson,
  noObject,
  objectJson,
  oddText,
  rightMembers,
  rightText,
  wrongObject,
  wrongText,
} from './schema-json.js';

/** A request as it goes on the wire. */
export interface WireRequest {
  readonly method: string;
  /** With the query; not a character that HTTP forbids. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly encoding?: BufferEncoding;
}

/** The parts of a request. A fault replaces whole parts, so that what it spoils stays spoilt. */
interface Parts {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly authorization: string | undefined;
  readonly contentType: string | undefined;
  readonly body: string | undefined;
  readonly encoding: BufferEncoding;
}
type Fault = fc.Arbitrary<Partial<Parts>>;

const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';
const BODY_LIMIT = 16_384;

/** Requests to an endpoint that are wrong in one or two places, so that none of them may succeed. */
export function badRequests(name: string, endpoint: Endpoint, holdings: Holdings): fc.Arbitrary<WireRequest> {
  const kinds = [
    { weight: 5, faults: bodyFaults(endpoint) },
    { weight: 3, faults: queryFaults(endpoint) },
    { weight: 1, faults: pathFaults(endpoint) },
    { weight: 3, faults: credentialFaults(endpoint, holdings) },
    { weight: 1, faults: wrongInMeaning(name, endpoint) },
  ];
  const fault = fc.oneof(
    ...kinds
      .filter(({ faults }) => faults.length > 0)
      .map(({ weight, faults }) => ({ weight, arbitrary: fc.oneof(...faults) })),
  );
  return fc
    .tuple(goodRequest(endpoint, holdings), fc.array(fault, { minLength: 1, maxLength: 2 }), noise)
    .map(([good, faults, headers]) => onTheWire(Object.assign({}, good, ...faults), headers))
    .filter((request) => !isForMonogram(request));
}

/** What is drawn for any letter, and for what is none. */
function isForMonogram({ method, path: target }: WireRequest): boolean {
  return method === 'GET' && /^\/v1\/avatar\/[^/?]*(\?|$)/.test(target);
}

function onTheWire(parts: Parts, noise: Readonly<Record<string, string>>): WireRequest {
  const { method, path, query, authorization, contentType, body, encoding } = parts;
  return {
    method,
    path: `${path}${query === '' ? '' : `?${query}`}`,
    headers: {
      ...noise,
      ...(authorization !== undefined && { authorization }),
      ...(contentType !== undefined && body !== undefined && { 'content-type': contentType }),
    },
    ...(body !== undefined && { body, encoding }),
  };
}

/** A request with nothing wrong about it, but for what it asks about. */
function goodRequest(endpoint: Endpoint, holdings: Holdings): fc.Arbitrary<Parts> {
  return fc.record({
    method: fc.constant(endpoint.method),
    path: path(endpoint, (schema) => rightText(schema).map(percentEncode)),
    query: queryOf(endpoint.query),
    authorization: goodAuthorization(endpoint, holdings),
    contentType: fc.constantFrom(JSON_TYPE, `${JSON_TYPE}; charset=utf-8`),
    body: endpoint.body === undefined ? fc.constant(undefined) : rightMembers(endpoint.body).map(objectJson),
    encoding: fc.constant('utf8' as const),
  });
}

/** Headers that must make no difference. */
const noise: fc.Arbitrary<Readonly<Record<string, string>>> = fc.record(
  {
    'accept-language': headerText(),
    'user-agent': headerText(),
    'x-forwarded-for': headerText(),
    'x-request-id': headerText(),
    origin: headerText(),
    cookie: headerText(),
    accept: fc.constantFrom('*/*', 'application/json', 'text/html', 'image/*;q=0.1', ';;;'),
    'content-encoding': fc.constantFrom('identity', 'gzip', 'nonsense'),
  },
  { requiredKeys: [] },
);

function bodyFaults(endpoint: Endpoint): Fault[] {
  if (endpoint.method === 'GET') return [];
  const json = (bodies: fc.Arbitrary<string>): Fault => bodies.map((body) => content(JSON_TYPE, body));
  const some = fc.oneof(fc.constant('{}'), noJson);
  return [
    json(noJson),
    fc.constant(content(JSON_TYPE, '{"a":1}', 'utf16le')),
    json(fc.integer({ min: BODY_LIMIT + 1, max: 2 * BODY_LIMIT }).map((size) => '{}'.padEnd(size))),
    fc.tuple(foreignContentType, some).map(([contentType, body]) => content(contentType, body)),
    ...(endpoint.form === true ? [] : [some.map((body) => content(FORM_TYPE, body))]),
    ...(endpoint.bodyRequired === true ? [fc.constant({ body: undefined })] : []),
    ...(endpoint.body === undefined ? [] : schemaFaults(endpoint, endpoint.body).map(json)),
    ...(endpoint.body === undefined || endpoint.form !== true ? [] : [wrongForm(endpoint.body)]),
  ];
}

/** All that makes a body. */
function content(contentType: string, body: string, encoding: BufferEncoding = 'utf8'): Partial<Parts> {
  return { contentType, body, encoding };
}

/** The wrong object more than once: what a body says is what most routes are about. */
function schemaFaults(endpoint: Endpoint, schema: Schema<unknown>): fc.Arbitrary<string>[] {
  if (membersOf(schema).length === 0) return [noObject];
  const wrong = wrongObject(schema).filter((json) => !isRight(schema, withoutNulls(endpoint, JSON.parse(json))));
  return [noObject, wrong, wrong, wrong];
}

function withoutNulls(endpoint: Endpoint, body: object): object {
  if (endpoint.nullIsAbsent !== true) return body;
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));
}

const foreignContentType = fc.oneof(
  fc.constantFrom('', 'text/plain', 'application/xml', 'multipart/form-data; boundary=x', 'application/octet-stream'),
  fc.constantFrom('application/jsonp', 'application/json-patch+json', 'json', '*/*', 'application', 'text/json', ';'),
  headerText().filter((type) => !type.toLowerCase().startsWith('application/')),
);

/** Forms with a member twice, or with one whose text is wrong for a text. */
function wrongForm(schema: Schema<unknown>): Fault {
  const texts = membersOf(schema).filter(([, member]) => member['type'] === 'string');
  return fc.oneof(...texts.map(([name, member]) => wrongPair(name, member))).map((body) => content(FORM_TYPE, body));
}

function queryFaults(endpoint: Endpoint): Fault[] {
  return membersOf(endpoint.query).map(([name, member]) => wrongPair(name, member).map((query) => ({ query })));
}

/** `name=value` with a wrong value, or twice with right ones; never the empty value, which counts as none in a form. */
function wrongPair(name: string, schema: Schema<unknown>): fc.Arbitrary<string> {
  const pair = (value: string) => `${name}=${percentEncode(value)}`;
  const right = rightText(schema).filter((text) => text !== '');
  const wrong = wrongText(schema).filter((text) => text !== '' && !isRight(schema, Buffer.from(text).toString()));
  const broken = fc.constantFrom('%', '%zz', '%c3%28', '%ff').filter((text) => !isRight(schema, text));
  return fc.oneof(
    fc.tuple(right, right).map((twice) => twice.map(pair).join('&')),
    wrong.map(pair),
    ...(isRight(schema, '%zz') ? [] : [broken.map((value) => `${name}=${value}`)]),
  );
}

function queryOf(schema: Schema<unknown> | undefined): fc.Arbitrary<string> {
  const pairs = membersOf(schema).map(([name, member]) =>
    fc.option(
      rightText(member).map((text) => `${name}=${percentEncode(text)}`),
      { nil: undefined },
    ),
  );
  return fc.tuple(...pairs).map((some) => some.filter((pair) => pair !== undefined).join('&'));
}

/** Another method, a path beside the right one, or a parameter that is wrong. */
function pathFaults(endpoint: Endpoint): Fault[] {
  const taken = Object.values(allEndpoints()).filter((other) => other.path === endpoint.path);
  const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((method) => taken.every((e) => e.method !== method));
  const right = path(endpoint, (schema) => rightText(schema).map(percentEncode));
  const broken = fc.oneof(
    fc.constantFrom('%', '%zz', '%c3%28', '%ff', '%00', '%2e%2e', '%2f', 'x'.repeat(101), 'x'.repeat(8000)),
    oddText.map(percentEncode),
  );
  const beside = [
    right.map((text) => `${text}/`),
    fc.tuple(right, broken).map(([text, end]) => `${text}/${end === '' ? 'x' : end}`),
    right.map((text) => `${API_ROOT}/${text.slice(API_ROOT.length + 1).toUpperCase()}`),
    right.map((text) => text.replace(API_ROOT, '/v0')),
  ];
  const parameters =
    endpoint.params === undefined
      ? []
      : [
          path(endpoint, (schema) => wrongText(schema).map(percentEncode)),
          path(endpoint, (schema) => broken.filter((text) => !isRight(schema, decode(text)))),
        ];
  return [
    fc.constantFrom(...methods).map((method) => ({ method })),
    ...[fc.oneof(...beside), ...parameters].map((paths) => paths.map((wrong) => ({ path: wrong }))),
  ];
}

/** The path of an endpoint with a value for each parameter. */
function path(endpoint: Endpoint, value: (schema: Schema<unknown>) => fc.Arbitrary<string>): fc.Arbitrary<string> {
  const parameters = membersOf(endpoint.params);
  return fc
    .tuple(...parameters.map(([, schema]) => value(schema)))
    .map((values) =>
      parameters.reduce(
        (text, [name], index) => text.replace(`{${name}}`, () => values[index] ?? ''),
        API_ROOT + endpoint.path,
      ),
    );
}

function credentialFaults(endpoint: Endpoint, holdings: Holdings): Fault[] {
  return badAuthorizations(endpoint, holdings).map((headers) => headers.map((authorization) => ({ authorization })));
}

/**
 * Members that make a request wrong in meaning when they are there with values that nobody gave out: then a request that
 * is right by its schema is about nothing. Routes that are right about anything are not listed.
 */
const NAMES_NOTHING: Readonly<Record<string, readonly string[]>> = {
  accountLogin: ['email'],
  accountCredentialsStatus: ['email'],
  accountDestroy: ['email'],
  passwordChangeStart: ['email'],
  mfaPasswordChange: ['email'],
  passwordForgotSendCode: ['email'],
  passwordForgotResendCode: ['email'],
  passwordForgotSendOtp: ['email'],
  passwordForgotVerifyOtp: ['email'],
  accountReset: ['recoveryKeyId'],
  recoveryKeyVerify: ['recoveryKeyId'],
  recoveryKeyGet: [],
  recoveryKeyHint: [],
  recoveryKeyHintSet: ['hint'],
  sessionReauth: ['email'],
  sessionDestroy: ['customSessionToken'],
  sessionVerifyCode: ['code'],
  recoveryEmailVerifyCode: ['uid'],
  totpSetupVerify: ['code'],
  mfaTotpSetupVerify: ['code'],
  totpSetupComplete: [],
  mfaTotpSetupComplete: [],
  totpReplaceStart: [],
  mfaTotpReplaceStart: [],
  totpReplaceConfirm: ['code'],
  mfaTotpReplaceConfirm: ['code'],
  totpVerify: ['code'],
  totpVerifyRecoveryCode: ['code'],
  sessionVerifyTotp: ['code'],
  sessionVerifyRecoveryCode: ['code'],
  recoveryCodesReplace: [],
  recoveryCodesUpdate: ['recoveryCodes'],
  mfaRecoveryCodesUpdate: ['recoveryCodes'],
  recoveryEmailResendCode: ['email'],
  recoveryEmailSecondaryVerifyCode: ['email'],
  mfaRecoveryEmailSecondaryVerifyCode: ['email'],
  recoveryEmailSecondaryResendCode: ['email'],
  mfaRecoveryEmailSecondaryResendCode: ['email'],
  recoveryEmailSetPrimary: ['email'],
  mfaRecoveryEmailSetPrimary: ['email'],
  sendUnblockCode: ['email'],
  rejectUnblockCode: ['uid'],
  oauthAuthorization: ['client_id'],
  token: ['client_id'],
  oauthToken: ['client_id'],
  destroy: ['token'],
  oauthDestroy: ['client_id'],
  verify: ['token'],
  client: [],
  oauthClient: [],
  scopedKeyData: ['client_id'],
  idTokenVerify: ['id_token'],
  oauthLogout: ['client_id'],
  accountAuthorizationDestroy: ['clientId'],
};

function wrongInMeaning(name: string, endpoint: Endpoint): Fault[] {
  const wanted = NAMES_NOTHING[name];
  if (wanted === undefined) return [];
  if (endpoint.body === undefined) return [fc.constant({})];
  return [rightMembers(endpoint.body, wanted).map((members) => content(JSON_TYPE, objectJson(members)))];
}

/** undefined for what cannot be decoded. */
function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Every byte, so that also what cannot be encoded otherwise comes through. */
function percentEncode(text: string): string {
  return [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
}
