/** Who it is about. The address is also there for password managers, which look for it beside the password. */
export function Identity({ email, forPassword = false }: { readonly email: string; readonly forPassword?: boolean }) {
  return (
    <div class="identity">
      <span class="initial" aria-hidden="true">
        {[...email][0]?.toUpperCase()}
      </span>
      <bdi class="email">{email}</bdi>
      {forPassword && <input type="email" name="username" autoComplete="username" value={email} readOnly hidden />}
    </div>
  );
}
