import { CompiledDocuments } from "../aws/compiled-documents.ts";
import type { CompiledPolicy } from "../aws/policy.ts";
import type { Inventory } from "../inventory.ts";

/** Trust policies of AWS roles by ARN; each is read when somebody asks for it. */
export class RoleTrusts {
  readonly #inventory: Inventory;
  readonly #documents: ReadonlyMap<string, unknown>;

  constructor(inventory: Inventory) {
    this.#inventory = inventory;
    this.#documents = new Map(
      inventory.grants.flatMap((grant) => {
        const document = grant.dialect === "aws_iam" && grant.grantKind === "trust" ? grant.attributes["document"] : undefined;
        return document === undefined || document === null ? [] : [[grant.from, document] as const];
      }),
    );
  }

  arns(): Iterable<string> {
    return this.#documents.keys();
  }

  /** Undefined when no source shows it. */
  of(arn: string): CompiledPolicy | undefined {
    const document = this.#documents.get(arn);
    return document === undefined ? undefined : CompiledDocuments.of(this.#inventory).compiled(document);
  }
}
