/**
 * What a scope string says and which scope covers which (OAuth §1.3).
 */

export { canonicalScope } from './canonical-scope.js';
export { intersectsScope, scopeImplies, scopesImplied, scopesNotImplied } from './scope-implies.js';
export { isScope, isScopeValue, parseScope, type ScopeOptions, unionScopes } from './scope-set.js';
export type { ScopeSet, ScopeValue } from './scope-value.js';
export { isService, serviceName, serviceScope } from './services.js';
export * from './well-known.js';
