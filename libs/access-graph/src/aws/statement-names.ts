import { byText } from "../order.ts";
import { resourceOfArn } from "./data-services.ts";
import type { DataService } from "./data-services.ts";
import type { CompiledStatement } from "./policy.ts";
import { expandVariables } from "./variables.ts";
import type { PrincipalVariables } from "./variables.ts";

/** A resource, or a pattern of them, that a statement names. */
export interface StatementName {
  readonly resource: string;
  readonly inner: string;
  /** Of both parts. */
  readonly id: string;
}

/** What statements name of each service, each name once and in order, without what stands for all of it: read once per statement, however many actions ask. */
export class StatementNames {
  /** Null = it depends on who asks. */
  readonly #known = new Map<DataService, Map<CompiledStatement, readonly StatementName[] | null>>();

  of(statement: CompiledStatement, service: DataService, variables: PrincipalVariables): readonly StatementName[] {
    if (statement.notResources !== null) return none;
    let ofService = this.#known.get(service);
    if (ofService === undefined) this.#known.set(service, (ofService = new Map<CompiledStatement, readonly StatementName[] | null>()));
    let names = ofService.get(statement);
    if (names === undefined) {
      const isAlike = !statement.resources.some((raw) => raw.includes("${"));
      ofService.set(statement, (names = isAlike ? namesIn(statement.resources, service, variables) : null));
    }
    return names ?? namesIn(statement.resources, service, variables);
  }

  /** What a deny leaves out. */
  exceptedBy({ notResources }: CompiledStatement, service: DataService, variables: PrincipalVariables): readonly StatementName[] {
    return notResources === null ? none : namesIn(notResources, service, variables);
  }
}

const none: readonly StatementName[] = [];

function namesIn(resources: readonly string[], service: DataService, variables: PrincipalVariables): readonly StatementName[] {
  const names = new Map<string, StatementName>();
  for (const raw of resources) {
    const parsed = resourceOfArn(service, expandVariables(raw, variables));
    if (parsed === null || (isWholeName(parsed.resource) && isAllInside(parsed.inner))) continue;
    const { resource, inner } = parsed;
    const id = `${resource}\n${inner}`;
    names.set(id, { resource, inner, id });
  }
  if (names.size === 0) return none;
  return names.size === 1 ? [...names.values()] : [...names.values()].sort((a, b) => byText(a.id, b.id));
}

const isAllInside = (inner: string): boolean => inner === "" || inner === "/*";

/** `*` in the place of the name says nothing about any one resource. */
const isWholeName = (arn: string): boolean => /^[*?]*$/.test(arn.slice(arn.lastIndexOf(":") + 1));
