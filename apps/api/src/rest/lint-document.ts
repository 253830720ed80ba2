interface Answer {
  readonly description?: string;
  readonly content?: Readonly<Record<string, { readonly schema?: object }>>;
}
interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  /** Empty = open to strangers; absent = as the document says. */
  readonly security?: readonly unknown[];
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean; readonly schema?: object }[];
  readonly requestBody?: Answer;
  readonly responses?: Readonly<Record<string, Answer>>;
}
export interface LintedDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

const everyOperationSays = ["400", "429", "503"];
const everyGuardedOneSays = ["401", "403"];

/** What a reader or a generator of clients would stumble over, one sentence each. */
export function lintDocument(document: LintedDocument): readonly string[] {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, name: `${method.toUpperCase()} ${path}`, operation })),
  );
  const names = operations.map(({ operation }) => operation.operationId);
  return [
    ...operations.flatMap(({ path, name, operation }) =>
      [...wording(operation, names), ...parameters(operation, path), ...answers(operation)].map((problem) => `${name} ${problem}`),
    ),
    ...danglingReferences(document),
  ];
}

function* wording({ operationId, summary, tags, requestBody }: Operation, names: readonly (string | undefined)[]): Generator<string> {
  if (operationId === undefined) yield "has no operationId";
  else if (names.filter((name) => name === operationId).length > 1) yield `shares the operationId ${operationId}`;
  if ((summary ?? "").length < 8) yield "has no summary";
  if (tags?.length !== 1) yield "does not stand under one tag";
  if (requestBody !== undefined && Object.keys(requestBody.content ?? {}).length === 0) yield "takes a body of no type";
}

function* parameters({ parameters: declared = [] }: Operation, path: string): Generator<string> {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
  for (const name of inPath)
    if (!declared.some((one) => one.in === "path" && one.name === name && one.required === true)) yield `does not declare ${name}`;
  for (const one of declared) {
    if (one.in === "path" && !inPath.includes(one.name)) yield `declares ${one.name}, which is not in its path`;
    if (one.schema === undefined) yield `does not say what ${one.name} is`;
  }
}

function* answers({ responses = {}, security }: Operation): Generator<string> {
  const isOpen = security?.length === 0;
  for (const status of [...everyOperationSays, ...(isOpen ? [] : everyGuardedOneSays)])
    if (responses[status] === undefined) yield `does not say what ${status} is`;
  if (!Object.keys(responses).some((status) => status.startsWith("2"))) yield "has no answer that is a success";
  for (const [status, { description = "", content = {} }] of Object.entries(responses)) {
    if (description === "") yield `does not describe ${status}`;
    if (/^[45]/.test(status) && content["application/problem+json"]?.schema === undefined) yield `answers ${status} with no problem`;
    for (const [type, { schema }] of Object.entries(content))
      if (type.includes("json") && schema === undefined) yield `does not say what the JSON of ${status} is`;
  }
}

function danglingReferences(document: LintedDocument): readonly string[] {
  const references = new Set([...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, target]) => target!));
  return [...references].filter((target) => !isThere(document, target)).map((target) => `${target} is referred to and not there`);
}

const isThere = (document: object, target: string): boolean =>
  target.startsWith("#/") &&
  target
    .slice(2)
    .split("/")
    .reduce<unknown>(
      (at, key) => (at as Record<string, unknown> | undefined)?.[key.replaceAll("~1", "/").replaceAll("~0", "~")],
      document,
    ) !== undefined;
