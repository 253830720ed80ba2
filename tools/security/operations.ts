/** As much of a JSON schema as a sample needs. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly format?: string;
  readonly minimum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

export type Place = "query" | "path" | "header";

export interface Parameter {
  readonly name: string;
  readonly place: Place;
  readonly required: boolean;
  readonly schema: Schema;
}

export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly body: { readonly contentType: string; readonly schema: Schema } | null;
}

interface DocumentOperation {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean; readonly schema?: Schema }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: Schema }>> };
}
export interface OpenApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentOperation>>>>;
}

/** Of several forms of one body the first that is known here; they are read by the same code behind. */
const scannedTypes = ["application/x-ndjson", "application/json", "application/x-www-form-urlencoded"] as const;

const isPlace = (text: string): text is Place => text === "query" || text === "path" || text === "header";

/** Everything that the published document lists. A place that is not known here is an error: it would not be scanned. */
export function operationsOf(document: OpenApiDocument): readonly Operation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): Operation => {
      const parameters = (operation.parameters ?? []).map(({ name, in: place, required, schema }): Parameter => {
        if (!isPlace(place)) throw new Error(`${method} ${path}: a parameter in "${place}" is not scanned`);
        return { name, place, required: required === true, schema: schema ?? {} };
      });
      const contents = operation.requestBody?.content ?? {};
      const contentType = scannedTypes.find((type) => type in contents);
      if (Object.keys(contents).length > 0 && contentType === undefined)
        throw new Error(`${method} ${path}: none of its bodies is scanned`);
      const body = contentType === undefined ? null : { contentType, schema: contents[contentType]?.schema ?? {} };
      return { method: method.toUpperCase(), path, parameters, body };
    }),
  );
}
