import type { Environment } from "@rollcall/nhi-model";
import { evidenceAt } from "../evidence.ts";
import { exactly, upTo } from "../range.ts";
import type { TermDefinition } from "../term.ts";
import { weights } from "../weights.ts";

export const criticality: TermDefinition = {
  id: "criticality",
  label: "Business criticality",
  group: "impact",
  cap: weights.caps.criticality,
  points: ({ record }) =>
    record.criticality === undefined ? upTo(weights.caps.criticality) : exactly(weights.criticality[record.criticality]),
  why: ({ record }) => (record.criticality === undefined ? "Nobody has rated how critical it is" : `Rated ${record.criticality}`),
  evidence: ({ record }) => evidenceAt(record, ["criticality"]),
};

const named: Readonly<Record<Environment, string>> = {
  prod: "production",
  staging: "staging",
  test: "testing",
  dev: "development",
  sandbox: "a sandbox",
  shared: "an environment that others share",
};

export const environment: TermDefinition = {
  id: "environment",
  label: "Environment",
  group: "impact",
  cap: weights.caps.environment,
  points: ({ record }) =>
    record.environment === undefined ? upTo(weights.caps.environment) : exactly(weights.environment[record.environment]),
  why: ({ record }) => (record.environment === undefined ? "Its environment is not known" : `Belongs to ${named[record.environment]}`),
  evidence: ({ record }) => evidenceAt(record, ["environment"]),
};
