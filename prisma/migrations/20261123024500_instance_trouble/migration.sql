-- What a process of this instance cannot do, for the others to say so. It belongs to no workspace.
CREATE TABLE "instance_trouble" (
    "id" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "instance_trouble_pkey" PRIMARY KEY ("id")
);

GRANT SELECT, INSERT, UPDATE, DELETE ON "instance_trouble" TO rollcall_system;
