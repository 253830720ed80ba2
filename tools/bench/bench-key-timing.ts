import { apiKeyIdentifier } from "../../apps/api/src/auth/identify-api-key.ts";
import type { ApiParts } from "../../apps/api/src/api-parts.ts";
import { deriveKey, hashSecret, mintApiKey, systemClock } from "@rollcall/platform";
import { testRootKey } from "@rollcall/persistence/testing";
import { startBenchDatabase } from "./bench-database.ts";
import { mannWhitney } from "./mann-whitney.ts";
import { percentile } from "./measure.ts";
import { count, printTable } from "./report.ts";

const samples = 10_000;
const warmUp = 1_000;

/** Whether the time that a refusal takes says that the first half of a guessed key exists. The order is drawn for each pair. */
export async function benchKeyTiming(): Promise<void> {
  const database = await startBenchDatabase();
  try {
    const { accounts, machines } = database.stores;
    const pepper = deriveKey(testRootKey, "rollcall", "secret-hash/v1");
    // The first half of one is stored, with another second half.
    const [guessed, unknown] = [mintApiKey("api"), mintApiKey("api")];
    const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
    await accounts.createApiKey(database.workspaceId, {
      keyId: guessed.keyId,
      secretHash: hashSecret(pepper, mintApiKey("api").secret),
      name: "bench",
      scopes: ["read"],
      networks: [],
      sources: [],
      createdBy: null,
      expiresAt,
    });
    const services = { accounts, machines, clock: systemClock, hashSecret: (secret: string) => hashSecret(pepper, secret) };
    const identify = apiKeyIdentifier({ services } as unknown as ApiParts);
    let sent = 0;
    const refuse = async (key: string): Promise<number> => {
      // Each from an address of its own: the limit on guesses is not what is measured.
      const ip = `2001:db8::${(sent++).toString(16)}`;
      const began = process.hrtime.bigint();
      const refused = await identify(key, { ip, id: "" }).then(
        () => false,
        () => true,
      );
      const micros = Number(process.hrtime.bigint() - began) / 1000;
      if (!refused) throw new Error("a wrong key was let in");
      return micros;
    };
    const [existing, absent]: [number[], number[]] = [[], []];
    for (let pair = 0; pair < samples + warmUp; pair += 1) {
      const guesses = [
        { into: existing, key: guessed.key },
        { into: absent, key: unknown.key },
      ];
      if (Math.random() < 0.5) guesses.reverse();
      for (const { into, key } of guesses) {
        const micros = await refuse(key);
        if (pair >= warmUp) into.push(micros);
      }
    }
    const [a, b] = [percentile(existing, 0.5), percentile(absent, 0.5)];
    printTable(`Refusing ${count(samples)} keys each, one after the other`, [
      { what: "the key exists, the secret is wrong", wallMs: a / 1000 },
      { what: "no such key", wallMs: b / 1000 },
    ]);
    process.stdout.write(
      `\n  medians differ by ${Math.abs(a - b).toFixed(1)} us (at most 50), Mann-Whitney p = ${mannWhitney(existing, absent).toFixed(4)} (above 0.01)\n`,
    );
  } finally {
    await database.close();
  }
}
