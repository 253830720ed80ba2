import type { StatedFact } from "@rollcall/nhi-model";
import type { ParseOptions } from "@rollcall/posture-pipeline";
import { fitRef, grantRef } from "../observe/collector.ts";
import type { Collector } from "../observe/collector.ts";
import { redactText } from "../input/redact-text.ts";
import type { McpConfig, McpServer } from "./read-config.ts";
import { secretInput } from "./secret-input.ts";
import type { SecretInput } from "./secret-input.ts";

interface Context {
  readonly collector: Collector;
  readonly place: string;
  readonly where: string;
  readonly fingerprint: ParseOptions["fingerprint"];
}

const unseen: Readonly<Record<string, StatedFact>> = {
  createdAt: { unknown: "not_offered" },
  "usage.lastUsedAt": { unknown: "not_offered" },
  "usage.observedDays": { unknown: "not_offered" },
};

/** One agent per configuration, the servers it may call, and the secrets each server is given. */
export function normaliseConfig(context: Context, { client, servers }: McpConfig): void {
  const { collector, place, where } = context;
  const active = servers.filter(({ disabled }) => !disabled);
  const agent = fitRef(`mcp:${place}/agent/${client}`);
  collector.ensure(
    "agents",
    {
      kind: "identity",
      ref: agent,
      identityKind: "ai_agent",
      name: `${client} at ${place}`,
      provider: "mcp",
      account: place,
      facts: {
        ...unseen,
        status: "active",
        "agent.isAgent": true,
        // Whether somebody approved a tool is not in the file; that a server is given a secret shows that it asks for one.
        "agent.tools": active.map((server) => (secretsOf(server).length > 0 ? { authenticated: true } : {})),
      },
      attributes: { client, tools: active.map(({ name }) => redactText(name)) },
    },
    where,
  );
  for (const server of servers) normaliseServer(context, { agent, client }, server);
}

function normaliseServer(context: Context, { agent, client }: { agent: string; client: string }, server: McpServer): void {
  const { collector, place, where } = context;
  const name = redactText(server.name);
  const ref = fitRef(`mcp:${place}/agent/${client}/server/${name}`);
  const secrets = secretsOf(server);
  collector.add(
    "servers",
    {
      kind: "identity",
      ref,
      identityKind: "mcp_server",
      name,
      provider: "mcp",
      account: place,
      facts: {
        ...unseen,
        status: server.disabled ? "disabled" : "active",
        "auth.methods": secrets.some(({ kept }) => kept === "file") ? ["static_key"] : { unknown: "not_offered" },
      },
      attributes: {
        transport: server.transport,
        ...(server.program === null ? {} : { program: redactText(server.program) }),
        ...(server.host === null ? {} : { host: server.host }),
        secretNames: [...new Set(secrets.map((secret) => secret.name))].sort(),
      },
    },
    where,
  );
  if (!server.disabled) addGrant(context, "servers", { from: agent, kind: "CAN_CALL_TOOL", to: ref });
  for (const secret of secrets) addSecret(context, { server: ref, accessKeyId: accessKeyOf(server, secret) }, secret);
}

const secretsOf = (server: McpServer): readonly SecretInput[] => server.inputs.flatMap((input) => secretInput(input) ?? []);

/** The id beside a secret key of AWS says which key it is; an id alone opens nothing. */
const accessKeyOf = (server: McpServer, { name, kept }: SecretInput): string | undefined =>
  kept === "file" && /^aws[_-]secret[_-]access[_-]key$/i.test(name)
    ? server.inputs.find((input) => /^aws[_-]access[_-]key[_-]id$/i.test(input.name) && /^A[A-Z]IA[A-Z0-9]{12,28}$/.test(input.value))
        ?.value
    : undefined;

/** A secret by name. A value that stands in the file is fingerprinted with our key, so that it is known again elsewhere, and dropped. */
function addSecret(
  context: Context,
  { server, accessKeyId }: { server: string; accessKeyId: string | undefined },
  { kind, name, kept, value }: SecretInput,
): void {
  const { collector, place, where, fingerprint } = context;
  const ref = fitRef(`${server}#${kind}/${redactText(name)}`);
  const known = value === null ? null : fingerprint(value);
  collector.ensure(
    "secrets",
    {
      kind: "resource",
      ref,
      resourceKind: "secret",
      name: redactText(name),
      provider: "mcp",
      account: place,
      sensitivity: { weight: 40, reason: "secrets open further systems; what is in this one is not known" },
      attributes: {
        store: kept === "file" ? "configuration file, readable" : "named by the configuration",
        kept,
        handedOverAs: kind,
        ...(known === null ? {} : { valueFingerprint: known }),
        ...(accessKeyId === undefined ? {} : { accessKeyId }),
      },
    },
    where,
  );
  addGrant(context, "secrets", { from: server, kind: "USES_SECRET", to: ref });
}

function addGrant(
  { collector, where }: Context,
  dataset: string,
  { from, kind, to }: { from: string; kind: "CAN_CALL_TOOL" | "USES_SECRET"; to: string },
): void {
  const ref = grantRef(from, kind, to);
  if (!collector.has(dataset, "grant", ref))
    collector.add(dataset, { kind: "grant", ref, dialect: "direct", grantKind: kind, from, to }, where);
}
