import type { Job } from "./job-queue.ts";

/** Port to the requests to ingest: one upload or push holds one sync per connector and account found in it. */
export interface IngestionStore {
  /** Creates the request as `pending`; returns its id. */
  createIngestion(
    workspaceId: string,
    request: {
      readonly files: readonly string[];
      readonly origin: "import" | "push" | "pull" | "demo" | "self";
      readonly createdBy: string | null;
    },
  ): Promise<string>;
  /** Ends a request that produced no sync. `error` is written for the person who sent it. */
  failIngestion(workspaceId: string, ingestionId: string, error: string): Promise<void>;
  /** Ends a request whose syncs are staged one after another (a demo load); others end with their last sync. */
  finishIngestion(workspaceId: string, ingestionId: string): Promise<void>;
  /** Whether a person asked this request to stop; also true when there is no such request. */
  isCancelled(workspaceId: string, ingestionId: string): Promise<boolean>;
  /** Asks every unfinished sync of the request to stop. False when there is no such request. */
  cancelIngestion(workspaceId: string, ingestionId: string): Promise<boolean>;
  /** Lets a held sync apply its removals; writes the outbox row of its job. False when there is no held sync of that id. */
  approveRemovals(workspaceId: string, syncId: string, actorId: string): Promise<boolean>;
  /** Writes a job to the outbox; the relay hands it to the queue. */
  addToOutbox(workspaceId: string, job: Job): Promise<void>;
}
