import { jsonSchemaTransform } from "fastify-type-provider-zod";
import { batchTypes, fileTypes } from "../upload/upload-limits.ts";

type Transform = typeof jsonSchemaTransform;

const part = { type: "string", format: "binary" } as const;
const records = "Lines of JSON: an envelope (source, account, asOf, scopes), then observations";
/** What the upload takes. It is read as bytes, recognised by what is in it, and so never validated against this. */
const uploadBody = {
  content: {
    "multipart/form-data": {
      schema: {
        type: "object",
        properties: {
          file: { type: "array", items: part, description: "One part for each file" },
          asOf: { type: "string" },
          account: { type: "string" },
          modifiedAt: { type: "array", items: { type: "string" }, description: "One for each file" },
          mapping: { type: "string" },
        },
        required: ["file"],
      },
    },
    ...Object.fromEntries(
      [...batchTypes, ...fileTypes].map((type) => [
        type,
        {
          schema:
            type === "application/json"
              ? {
                  description: "An export, or an array of observations",
                  anyOf: [
                    { type: "object", additionalProperties: {} },
                    { type: "array", items: {} },
                  ],
                }
              : batchTypes.includes(type)
                ? { type: "string", description: records }
                : part,
        },
      ]),
    ),
  },
} as const;

/** Bodies that routes read themselves are documented here; everything else comes from the routes' own schemas. */
export const documentTransform: Transform = (input) => {
  const transformed = jsonSchemaTransform(input);
  const isUpload = input.url.endsWith("/ingestions") && [input.route.method].flat().includes("POST");
  return isUpload ? { ...transformed, schema: { ...transformed.schema, body: uploadBody } } : transformed;
};
