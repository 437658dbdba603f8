/** What applications may know about a person. oauth-devices §5; also OpenID Connect's userinfo endpoint. */
export { authenticateAccessToken } from './authenticate.js';
export { installPictures } from './install-pictures.js';
export { readProfile } from './read-profile.js';
export { deleteProfile } from './store.js';
