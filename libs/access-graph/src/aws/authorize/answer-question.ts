import { isRecord } from "../../is-record.ts";
import { accountOfArn, parseArn } from "../arn.ts";
import { authorize, isTrustAction } from "./authorize.ts";
import type { AccessRequest, Grounds } from "./authorize.ts";
import { answerOf } from "./answer-of.ts";
import type { PolicyAnswer } from "./policy-answer.ts";
import { readContext } from "./read-context.ts";
import { InvalidQuestion, readDocument, readDocuments, readLevels } from "./read-documents.ts";
import { keysOfPrincipal, readPrincipal } from "./request-principal.ts";
import type { RequestContext } from "./request-facts.ts";
import type { RequestPrincipal } from "./request-principal.ts";
import { isAboutNothing } from "./resourceless-actions.ts";

/**
 * One self-contained question to one answer: `{id, principal, action, resource: {arn, account}, context, identityPolicies, groupPolicies,
 * boundary, sessionPolicies, scps: [[level]], rcps: [[level]], resourcePolicy}`. Never throws: a malformed question or policy answers
 * `invalid`. A given context is the whole context, so the answer is never `conditional`.
 */
export function answerQuestion(question: unknown): PolicyAnswer {
  const id = isRecord(question) && (typeof question["id"] === "string" || typeof question["id"] === "number") ? question["id"] : null;
  try {
    if (!isRecord(question)) throw new InvalidQuestion("the question is not an object");
    refuseUnread(question);
    const request = readRequest(question);
    const grounds = readGrounds(question, request);
    return answerOf(id, request, authorize(request, grounds), grounds);
  } catch (error) {
    if (!(error instanceof InvalidQuestion)) throw error;
    return { id, decision: "invalid", statements: [], reason: error.message };
  }
}

type Question = Readonly<Record<string, unknown>>;

const policyKeys = ["identityPolicies", "groupPolicies", "boundary", "sessionPolicies", "scps", "rcps", "resourcePolicy"] as const;

/** A limit under another name would be passed over, and the answer would grant too much. Remarks of any name do not matter. */
function refuseUnread(question: Question): void {
  const known: ReadonlySet<string> = new Set(policyKeys);
  for (const [key, value] of Object.entries(question)) {
    const isSilent = value === null || value === undefined || typeof value !== "object" || Object.keys(value).length === 0;
    if (isSilent || known.has(key) || !/polic|boundar|scp|rcp|session|statement/i.test(key)) continue;
    throw new InvalidQuestion(`${key} is no part of a question: policies stand under ${policyKeys.join(", ")}`);
  }
}

function readRequest(question: Question): AccessRequest {
  const read = readPrincipal(question["principal"]);
  if (typeof read === "string") throw new InvalidQuestion(read);
  const sessionPolicies = question["sessionPolicies"];
  const hasSession = sessionPolicies !== undefined && sessionPolicies !== null && [sessionPolicies].flat().length > 0;
  const principal = read.kind === "user" && hasSession ? { ...read, isFederating: true } : read;
  const { arn, account } = readResource(question["resource"]);
  return requestOf({
    principal,
    action: readAction(question["action"]),
    resource: arn,
    account,
    context: readContext(question["context"]),
  });
}

export interface RequestParts {
  readonly principal: RequestPrincipal;
  readonly action: string;
  readonly resource: string;
  readonly account: string | null;
  /** Null = not known. */
  readonly context: RequestContext | null;
}

/** Fills in the keys that follow from the request itself. */
export function requestOf({ principal, action, resource, account, context }: RequestParts): AccessRequest {
  const resourceAccount = account ?? accountOfArn(resource);
  const known = new Map(keysOfPrincipal(principal));
  const owner = resourceAccount ?? principal.account;
  if (owner !== null) known.set("aws:resourceaccount", [owner]);
  return {
    principal,
    resourceAccount,
    ask: {
      action: action.toLowerCase(),
      resource: isAboutNothing(action) ? "*" : resource,
      facts: { context: context ?? new Map(), principal: known, complete: context !== null },
    },
  };
}

export function readAction(action: unknown): string {
  if (typeof action !== "string") throw new InvalidQuestion("the action is not text");
  if (!/^[A-Za-z0-9-]+:[A-Za-z0-9_.-]+$/.test(action.trim()))
    throw new InvalidQuestion(`the action ${action} is not of the form service:Action`);
  return action.trim();
}

function readResource(resource: unknown): { arn: string; account: string | null } {
  const [arn, account] = isRecord(resource) ? [resource["arn"], resource["account"] ?? resource["accountId"]] : [resource, null];
  if (typeof arn !== "string" || !isResourceName(arn)) throw new InvalidQuestion('the resource is neither "*" nor an ARN');
  if (account === undefined || account === null || account === "") return { arn, account: null };
  const text = String(account);
  if (!/^\d{12}$/.test(text)) throw new InvalidQuestion(`the account of the resource ${text} is not twelve digits`);
  return { arn, account: text };
}

export const isResourceName = (arn: string): boolean => arn === "*" || parseArn(arn) !== null;

function readGrounds(question: Question, { ask }: AccessRequest): Grounds {
  const boundary = question["boundary"];
  const sessionPolicies = readDocuments(question["sessionPolicies"], "session", { kind: "session" });
  return {
    identity: [
      ...readDocuments(question["identityPolicies"], "identity", { kind: "identity" }),
      ...readDocuments(question["groupPolicies"], "group", { kind: "identity" }),
    ],
    unknownIdentity: [],
    boundaries: boundary === undefined || boundary === null ? [] : readBoundaries(boundary),
    unknownBoundaries: [],
    session: sessionPolicies.length === 0 ? null : sessionPolicies,
    scps: readLevels(question["scps"], "scp"),
    rcps: readLevels(question["rcps"], "rcp"),
    resource: readResourcePolicy(question["resourcePolicy"], ask),
    unknownResource: [],
  };
}

const readBoundaries = (boundary: unknown): Grounds["boundaries"] =>
  Array.isArray(boundary)
    ? readDocuments(boundary, "boundary", { kind: "boundary" })
    : [readDocument(boundary, "boundary", { kind: "boundary" })];

/** `lenient`: as exports show policies, where a principal may stand without its kind. */
export function readResourcePolicy(document: unknown, { action, resource }: AccessRequest["ask"], lenient = false): Grounds["resource"] {
  if (document === undefined || document === null) return [];
  const arn = parseArn(resource);
  const isTrust = isTrustAction(action) && arn?.service === "iam";
  const scope = {
    kind: isTrust ? ("trust" as const) : ("resource" as const),
    service: arn?.service ?? action.slice(0, action.indexOf(":")),
    lenient,
  };
  return Array.isArray(document) ? readDocuments(document, "resource", scope) : [readDocument(document, "resource", scope)];
}
