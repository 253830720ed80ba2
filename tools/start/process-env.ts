type Env = Readonly<Record<string, string | undefined>>;

const singleSignOnName = /^OIDC_/;
/** Where the worker finds the keys that open credentials, and how it proves itself to who keeps them. */
const keySourceName = /^(CONNECTOR_KEY|VAULT_|AWS_)/;
const secretName = /^(DATABASE_.*|REDIS_URL|ROLLCALL_SECRET|ROLLCALL_TOKEN)$/;

const only = (env: Env, keeps: (name: string) => boolean): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => keeps(name)));

/**
 * What any process of an instance gets: the dashboard and the build have no business with the database. Single sign-on is left out whole,
 * because half of its settings are refused by whoever reads them.
 */
export const withoutSecrets = (env: Env): NodeJS.ProcessEnv =>
  only(env, (name) => !secretName.test(name) && !singleSignOnName.test(name) && !keySourceName.test(name));

/** What only the process that signs people in gets to know. */
export const singleSignOnEnv = (env: Env): NodeJS.ProcessEnv => only(env, (name) => singleSignOnName.test(name));

/** What only the process that opens credentials gets to know. */
export const keySourceEnv = (env: Env): NodeJS.ProcessEnv => only(env, (name) => keySourceName.test(name));

/** Only the migration is the database's owner. Whoever runs derives a login of its own from the address and the secret, and could not use the owner's. */
export function withoutOwner(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const address = new URL(env["DATABASE_URL"] ?? "");
  address.username = "";
  address.password = "";
  return { ...env, DATABASE_URL: address.toString() };
}
