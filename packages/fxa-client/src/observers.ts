import type { LocalDevice } from './devices/types.js';
import type { FxaError } from './errors/fxa-error.js';
import type { Profile } from './profile/profile.js';
import type { FxaState } from './state/states.js';

/** What an application may want to be told of. */
export interface Observer {
  /** The state changed, or its scopes; `cause` says why it did where that was not asked for. */
  state?(to: FxaState, from: FxaState, cause: FxaError | null): void;
  /** Another profile was seen; null when it was dropped. */
  profile?(profile: Profile | null): void;
  /** What the server has of this device changed; null when that has to be asked for again. */
  device?(device: LocalDevice | null): void;
}

/** Those who want to be told. */
export class Observers {
  private readonly all = new Set<Observer>();

  /** Gives what ends it. */
  add(observer: Observer): () => void {
    this.all.add(observer);
    return () => {
      this.all.delete(observer);
    };
  }

  state(to: FxaState, from: FxaState, cause: FxaError | null): void {
    for (const observer of this.all) observer.state?.(to, from, cause);
  }

  profile(profile: Profile | null): void {
    for (const observer of this.all) observer.profile?.(profile);
  }

  device(device: LocalDevice | null): void {
    for (const observer of this.all) observer.device?.(device);
  }
}
