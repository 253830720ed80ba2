import { asObject } from "../input/json-shape.ts";

/** What stands at a dotted path. A name that holds a dot itself (`@odata.nextLink`) is looked for first. */
export function fieldAt(value: unknown, path: string): unknown {
  const object = asObject(value);
  if (object === undefined) return undefined;
  if (Object.hasOwn(object, path)) return object[path];
  const dot = path.indexOf(".");
  return dot < 1 || !Object.hasOwn(object, path.slice(0, dot)) ? undefined : fieldAt(object[path.slice(0, dot)], path.slice(dot + 1));
}

/** A copy with another value there. */
export function withFieldAt(value: unknown, path: string, replacement: unknown): unknown {
  const object = asObject(value);
  if (object === undefined) return value;
  if (Object.hasOwn(object, path)) return { ...object, [path]: replacement };
  const dot = path.indexOf(".");
  if (dot < 1) return value;
  const name = path.slice(0, dot);
  return { ...object, [name]: withFieldAt(object[name], path.slice(dot + 1), replacement) };
}
