import { z } from "zod";

/** Key of a node of the graph, or the id of the inventory row it stands for. */
export const nodeReference = z.string().min(1).max(2048);

/** What a picture is of, and how far it is opened. */
export const pictureInput = z.strictObject({
  node: nodeReference,
  open: z.array(z.string().min(1).max(512)).max(40).default([]),
  show: z.array(nodeReference).max(80).default([]),
});
