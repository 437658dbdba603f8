import { describe, expect, it, vi } from 'vitest';
import { createNavigation } from '../../src/routing/navigation.js';

/** As much of a window as navigation touches. */
function testWindow(url: string, base = 'https://accounts.example.org/') {
  const events = new EventTarget();
  const location = new URL(url, base) as URL & { assign: () => void; reload: () => void };
  location.assign = vi.fn();
  location.reload = vi.fn();
  const change = (state: unknown, _: string, to?: string) => {
    history.state = state;
    if (to !== undefined) location.href = new URL(to, location.href).href;
  };
  const history = { state: null as unknown, pushState: vi.fn(change), replaceState: vi.fn(change) };
  const window = Object.assign(events, { location, history, document: { baseURI: base }, scrollTo: vi.fn() });
  return { window, navigation: createNavigation(window as unknown as Window & typeof globalThis) };
}

describe('navigation', () => {
  it('keeps the query of the flow through every step', () => {
    const { window, navigation } = testWindow('/authorization?client_id=a0&state=%26%3D+x&utm_source=y');
    navigation.go('/oauth/signin', { email: 'rosa@example.org' });
    navigation.go('/confirm_signup_code', {}, { replace: true });
    expect(window.location.search).toBe('?client_id=a0&state=%26%3D+x&utm_source=y');
    expect(navigation.here().path).toBe('/confirm_signup_code');
    expect(window.history.pushState).toHaveBeenCalledTimes(1);
    expect(window.history.replaceState).toHaveBeenCalledTimes(1);
  });

  it('works below a path of its own', () => {
    const { window, navigation } = testWindow('/accounts/signin?a=1', 'https://example.org/accounts/');
    expect(navigation.here().path).toBe('/signin');
    navigation.go('/signup');
    expect(window.location.pathname).toBe('/accounts/signup');
    expect(navigation.href('/')).toBe('/accounts/?a=1');
    expect(navigation.href('/', '')).toBe('/accounts/');
  });

  it('takes a slash at the end for nothing', () => {
    expect(testWindow('/signin/').navigation.here().path).toBe('/signin');
    expect(testWindow('/').navigation.here().path).toBe('/');
  });

  it('adds to what a place remembers without arriving anew', () => {
    const { window, navigation } = testWindow('/');
    const listener = vi.fn();
    navigation.subscribe(listener);
    navigation.go('/signin', { email: 'rosa@example.org' });
    navigation.remember({ codeSent: true });
    expect(window.history.state).toEqual({ email: 'rosa@example.org', codeSent: true });
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('tells when the person goes back or forward', () => {
    const { window, navigation } = testWindow('/');
    const listener = vi.fn();
    const { arrival } = navigation.here();
    const stop = navigation.subscribe(listener);
    window.dispatchEvent(new Event('popstate'));
    expect(navigation.here().arrival).toBe(arrival + 1);
    stop();
    window.dispatchEvent(new Event('popstate'));
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('begins afresh when it is shown again out of the back/forward cache, and only then', () => {
    const { window } = testWindow('/');
    window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: false }));
    expect(window.location.reload).not.toHaveBeenCalled();
    window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
    expect(window.location.reload).toHaveBeenCalledTimes(1);
  });
});
