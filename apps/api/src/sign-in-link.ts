import { writeSync } from "node:fs";
import { parseArgs } from "node:util";
import { actAs, createLogger, type Actor } from "@rollcall/platform";
import { issueForgottenLink, issueSignInLink } from "./auth/issue-sign-in-link.ts";
import { compose } from "./compose.ts";
import { readEnv } from "./env.ts";

/** Whoever runs the instance and holds its root key. */
const operator: Actor = { kind: "system", id: null, name: "Operator of the instance", requestId: null };

/**
 * Prints one line of JSON for the operator: a sign-in URL that works once, and an API key for the command line, which replaces the one before.
 * With `--no-token` the command line keeps the key it has. `--demo` also queues the demo organisation when the workspace is empty; `--empty` is the default and queues nothing.
 * With `--forgot ADDRESS` the member of that address loses their password and the URL is for them; null when there is nobody.
 */
const { values } = parseArgs({
  options: {
    demo: { type: "boolean", default: false },
    empty: { type: "boolean", default: false },
    "no-token": { type: "boolean", default: false },
    forgot: { type: "string" },
  },
});
const parts = compose(readEnv(process.env), { logger: createLogger("sign-in-link", { level: "silent" }) });
try {
  const issued = await actAs(operator, async () =>
    values.forgot === undefined
      ? issueSignInLink(parts.services, { demo: values.demo && !values.empty, withToken: !values["no-token"] })
      : { url: await issueForgottenLink(parts.services, values.forgot) },
  );
  writeSync(1, `${JSON.stringify(issued)}\n`);
} finally {
  await parts.close();
}
