import { stringsIn } from "../input/json-shape.ts";
import type { RepositoryName } from "./repository-of.ts";
import type { Trigger, Workflow, WorkflowJob } from "./read-workflow.ts";

export const issuer = "token.actions.githubusercontent.com";

/** As `oidcTokens` of the access graph: claims may be patterns, `open` names those of which the real value is not known. */
export interface StatedToken {
  readonly issuer: string;
  readonly claims: Readonly<Record<string, string>>;
  readonly open: readonly string[];
  /** Values of a claim that its pattern fits and that the token never has. */
  readonly except?: Readonly<Record<string, readonly string[]>>;
  /** Claims whose patterns are filters of branches and tags: their stars stop at slashes. */
  readonly filters?: readonly string[];
}

interface GitRef {
  /** What stands after `repo:<owner>/<name>:` in the subject of a job without an environment. */
  readonly context: string;
  readonly ref: string;
  /** The value follows from a setting that the file does not show. */
  readonly isOpen: boolean;
  /** Refs that a filter keeps out, as patterns. */
  readonly except?: readonly string[];
  /** The pattern and the exceptions are filters of GitHub rather than patterns of which every star fits anything. */
  readonly isFilter?: boolean;
}

/** The tokens that jobs with `id-token: write` can ask for: one per job and kind of trigger. The audience is theirs to choose. */
export function tokensOf(workflow: Workflow, repository: RepositoryName): readonly StatedToken[] {
  const tokens = workflow.jobs
    .filter((job) => job.idToken === "write")
    .flatMap((job) => {
      const places = job.environments.length === 0 ? [null] : job.environments;
      return workflow.triggers
        .flatMap(gitRefs)
        .flatMap((at) => places.map((environment) => tokenOf(workflow, repository, { job, at, environment })));
    });
  const unique = new Map(tokens.map((token) => [JSON.stringify(token), token]));
  return [...unique.values()];
}

/** Whoever may push can add a workflow on a branch of their own, and ask for a token of that branch or, if nothing protects it, of an environment. */
export function tokensOfRepository({ owner, name, isKnown }: RepositoryName): readonly StatedToken[] {
  if (!isKnown) return [];
  const branch = "refs/heads/any-new-branch";
  const common = { aud: "*", repository: `${owner}/${name}`, repository_owner: owner };
  return [
    {
      issuer,
      claims: {
        ...common,
        sub: `repo:${owner}/${name}:ref:${branch}`,
        ref: branch,
        environment: "",
        job_workflow_ref: `${owner}/${name}/.github/workflows/*@${branch}`,
      },
      open: [],
    },
    {
      issuer,
      claims: { ...common, sub: `repo:${owner}/${name}:environment:*`, job_workflow_ref: `${owner}/${name}/.github/workflows/*@${branch}` },
      open: ["sub"],
    },
  ];
}

function tokenOf(
  workflow: Workflow,
  repository: RepositoryName,
  { job, at, environment: named }: { job: WorkflowJob; at: GitRef; environment: string | null },
): StatedToken {
  const owner = repository.isKnown ? repository.owner : "*";
  const name = repository.isKnown ? repository.name : "*";
  const environment = named === null ? null : withoutExpressions(named);
  const sub = `repo:${owner}/${name}:${environment === null ? at.context : `environment:${environment.text.replaceAll(":", "%3A")}`}`;
  const called = job.calls !== null && !job.calls.startsWith("./") ? calledElsewhere(job.calls) : null;
  const held = job.calls === null ? `.github/workflows/${job.file}` : job.calls.slice(2);
  const holder = called?.holder ?? `${owner}/${name}/${at.isFilter === true ? asIs(held) : held}@${at.ref}`;
  const subIsOpen = !repository.isKnown || (environment === null ? at.isOpen : environment.hasExpression);
  return {
    issuer,
    claims: {
      aud: "*",
      sub,
      repository: `${owner}/${name}`,
      repository_owner: owner,
      environment: environment?.text ?? "",
      ref: at.ref,
      job_workflow_ref: holder,
      workflow: workflow.name,
    },
    ...(at.except === undefined || at.except.length === 0
      ? {}
      : { except: keptOut(at.except, environment === null ? `${owner}/${name}` : null) }),
    ...(at.isFilter === true
      ? { filters: ["ref", ...(called === null ? ["job_workflow_ref"] : []), ...(environment === null ? ["sub"] : [])] }
      : {}),
    open: [
      ...(repository.isKnown ? [] : ["repository", "repository_owner"]),
      ...(environment?.hasExpression === true ? ["environment"] : []),
      ...(subIsOpen ? ["sub"] : []),
      ...(at.isOpen ? ["ref"] : []),
      ...((called === null ? at.isOpen : called.isOpen) ? ["job_workflow_ref"] : []),
    ],
  };
}

/** A workflow of another repository as tokens name it: by the whole ref, while a call may leave out whether it means a branch or a tag. */
function calledElsewhere(calls: string): { readonly holder: string; readonly isOpen: boolean } {
  const at = calls.lastIndexOf("@");
  const ref = calls.slice(at + 1);
  if (at === -1 || /^(?:refs\/.*|[0-9a-f]{40})$/.test(ref)) return { holder: calls, isOpen: false };
  return { holder: `${calls.slice(0, at)}@refs/*/${ref}`, isOpen: true };
}

/** The subject names the ref only where no environment stands in its place. */
const keptOut = (refs: readonly string[], repository: string | null): NonNullable<StatedToken["except"]> => ({
  ref: refs,
  ...(repository === null ? {} : { sub: refs.map((ref) => `repo:${repository}:ref:${ref}`) }),
});

/** `${{ inputs.stage }}` may be anything. */
function withoutExpressions(text: string): { readonly text: string; readonly hasExpression: boolean } {
  const replaced = text.replace(/\$\{\{.*?\}\}/g, "*");
  return { text: replaced, hasExpression: replaced !== text };
}

const branchRef = (pattern: string): GitRef => ({
  context: `ref:refs/heads/${pattern}`,
  ref: `refs/heads/${pattern}`,
  isOpen: false,
});
const tagRef = (pattern: string): GitRef => ({ context: `ref:refs/tags/${pattern}`, ref: `refs/tags/${pattern}`, isOpen: false });
/** Started on the default branch, whose name the file does not show. */
const defaultBranch: GitRef = { ...branchRef("*"), isOpen: true };

function gitRefs({ event, settings }: Trigger): GitRef[] {
  switch (event) {
    case "push":
      return pushed(settings);
    case "pull_request":
      return [{ context: "pull_request", ref: "refs/pull/*/merge", isOpen: false }];
    case "pull_request_target":
      return [{ context: "pull_request", ref: "refs/heads/*", isOpen: true }, defaultBranch];
    case "release":
      return [tagRef("*")];
    case "create":
      return [branchRef("*"), tagRef("*")];
    case "deployment":
    case "deployment_status":
    case "registry_package":
      // The branch or tag that somebody else deployed or published.
      return [branchRef("*"), tagRef("*")].map((at) => ({ ...at, isOpen: true }));
    case "pull_request_review":
    case "pull_request_review_comment":
      // On the merge of the pull request; whether the subject names it as for the event pull_request is not documented.
      return ["pull_request", "ref:refs/pull/*/merge"].map((context) => ({ context, ref: "refs/pull/*/merge", isOpen: true }));
    case "merge_group":
      // A branch of GitHub's own for what is about to be merged.
      return [branchRef("gh-readonly-queue/*")];
    case "workflow_dispatch":
      // Whoever starts it picks the branch or tag.
      return [branchRef("*"), tagRef("*")];
    case "workflow_call":
      return [{ context: "*", ref: "*", isOpen: true }];
    default:
      return [defaultBranch];
  }
}

function pushed(settings: Readonly<Record<string, unknown>>): GitRef[] {
  const [branches, tags] = [filterOf(settings, "branches"), filterOf(settings, "tags")];
  // Filters of one kind alone keep the other kind out.
  const anyBranch = branches ?? (tags === null ? all : none);
  const anyTag = tags ?? (branches === null ? all : none);
  return [
    ...anyBranch.in.map((pattern) => filtered(branchRef(pattern), anyBranch, "refs/heads/")),
    ...anyTag.in.map((pattern) => filtered(tagRef(pattern), anyTag, "refs/tags/")),
  ];
}

const filtered = (at: GitRef, { out, isFilter }: Filter, prefix: string): GitRef => ({
  ...at,
  except: out.map((each) => `${prefix}${each}`),
  isFilter,
});

interface Filter {
  readonly in: readonly string[];
  readonly out: readonly string[];
  readonly isFilter: boolean;
}
const all: Filter = { in: ["*"], out: [], isFilter: false };
const none: Filter = { in: [], out: [], isFilter: false };

/** Null when nothing filters. A later pattern may take back in what an earlier one keeps out: only those at the end keep anything out for certain. */
function filterOf(settings: Readonly<Record<string, unknown>>, name: "branches" | "tags"): Filter | null {
  if (settings[`${name}-ignore`] !== undefined) return inPlainWords({ in: ["**"], out: stringsIn(settings[`${name}-ignore`]) });
  if (settings[name] === undefined) return null;
  const listed = stringsIn(settings[name]);
  const last = listed.findLastIndex((pattern) => !pattern.startsWith("!"));
  return inPlainWords({
    in: listed.filter((pattern) => !pattern.startsWith("!")),
    out: listed.slice(last + 1).map((pattern) => pattern.slice(1)),
  });
}

/** Filters that use no more than names and `**` say the same as patterns of claims, where every star fits anything. */
function inPlainWords(filter: Pick<Filter, "in" | "out">): Filter {
  const isPlain = [...filter.in, ...filter.out].every((pattern) => !/[?+[\]\\]|(?<!\*)\*(?!\*)/.test(pattern));
  const plain = (pattern: string): string => pattern.replace(/\*+/g, "*");
  return isPlain ? { in: filter.in.map(plain), out: filter.out.map(plain), isFilter: false } : { ...filter, isFilter: true };
}

/** A name inside a filter. */
const asIs = (text: string): string => text.replace(/[*?+[\]!\\]/g, "\\$&");
