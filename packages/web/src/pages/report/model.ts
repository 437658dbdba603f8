import { isAuthError, rejectUnblockCode } from '@foxden/auth-client';
import { describeFailure } from '../../flow/describe-failure.js';
import { type Message, message } from '../../messages/message.js';
import type { Services } from '../../services.js';
import { createStore } from '../../store.js';
import type { Model } from '../../ui/use-model.js';

export interface ReportState {
  readonly done: boolean;
  readonly busy: boolean;
  readonly failure?: Message | undefined;
}

export interface ReportModel extends Model<ReportState> {
  submit(): Promise<void>;
  choosePassword(): void;
}

/** The owner did not ask for an unblock code. Mail programs open links by themselves, so it takes a press of a button. */
export function createReportModel({ client, navigation }: Services): ReportModel {
  const { query } = navigation.here();
  const uid = query.get('uid') ?? '';
  const unblockCode = query.get('unblockCode') ?? '';
  const isWhole = /^[0-9a-f]{32}$/i.test(uid) && /^[a-z0-9]{8}$/i.test(unblockCode);
  const state = createStore<ReportState>({ done: false, busy: false });
  return {
    state,
    async submit() {
      if (state.get().busy) return;
      if (!isWhole) return state.set({ failure: message('report-broken') });
      state.set({ busy: true, failure: undefined });
      try {
        await rejectUnblockCode(client, { uid, unblockCode });
        state.set({ busy: false, done: true });
      } catch (error) {
        const over = isAuthError(error, 'INVALID_UNBLOCK_CODE');
        state.set({ busy: false, failure: over ? message('report-over') : describeFailure(error) });
      }
    },
    choosePassword: () => navigation.leave(navigation.href('/reset_password', '')),
  };
}
