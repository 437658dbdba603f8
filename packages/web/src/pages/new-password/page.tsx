import { resource as english } from '../../messages/en/new-password.ftl';
import { useText } from '../../messages/use-text.js';
import { loadCommonPasswords } from '../../passwords/common-passwords.js';
import type { Services } from '../../services.js';
import { Card } from '../../ui/card.js';
import { Form } from '../../ui/form.js';
import { Identity } from '../../ui/identity.js';
import { NewPasswordFields } from '../../ui/new-password-fields.js';
import { Notice } from '../../ui/notice.js';
import { QuietLink } from '../../ui/quiet-link.js';
import { SubmitButton } from '../../ui/submit-button.js';
import { useModel } from '../../ui/use-model.js';
import { createNewPasswordModel } from './model.js';

export const messages = { name: 'new-password', english };

const createModel = (services: Services) => createNewPasswordModel(services, loadCommonPasswords);

export function Page() {
  const text = useText();
  const [model, state] = useModel(createModel);
  const { email, keepsData, couldKeepData, busy, passwordError, confirmError, failure } = state;
  return (
    <Card
      heading={text('reset-heading')}
      lead={text(keepsData ? 'reset-lead-kept' : 'reset-lead-lost')}
      failed={passwordError !== undefined || confirmError !== undefined || failure !== undefined}
    >
      <Notice kind="error" message={failure} />
      <Form busy={busy} onSubmit={(fields) => model.submit(fields['password'] ?? '', fields['passwordConfirm'] ?? '')}>
        <Identity email={email} forPassword />
        <NewPasswordFields passwordError={passwordError} confirmError={confirmError} />
        <SubmitButton label={text('reset-action')} busyLabel={text('reset-busy')} busy={busy} />
      </Form>
      <p class="ways">
        <span>{text('reset-warning')}</span>
        {couldKeepData && (
          <QuietLink label={text('reset-use-key')} to="/account_recovery_confirm_key" onFollow={model.useRecoveryKey} />
        )}
      </p>
    </Card>
  );
}
