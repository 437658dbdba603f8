/** Settings by GraphQL, on the session token that the browser holds: a facade of the REST routes. graphql §1 to §6. */
export { installGraphql } from './install.js';
