// Written by `npm run generate:client` from apps/api/openapi.json.
export interface paths {
    "/api/v1/ingestions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far an ingestion is, and what came of it */
        get: operations["getIngestionsById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ingestions/{id}/rejected": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Records of an ingestion that were not taken, each with the reason; the others were stored */
        get: operations["getIngestionsByIdRejected"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ingestions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import export files or push observations
         * @description Send `multipart/form-data` with one or more parts `file` (and optionally `asOf`, `account`, `mapping`, one `modifiedAt` per file), or one file as the body. The answer comes when everything is stored; applying and analysing it go on in the background.
         *
         *     A table (CSV) needs a `mapping` of its columns as JSON: `{"source":"bots","columns":[{"column":"ID","field":"ref"}],"defaults":[{"field":"identityKind","value":"bot"}]}`. It is kept with the source: the next table with `account` set to that source needs none.
         *
         *     Limits: a JSON or NDJSON body has at most 5 MiB as sent and 20 MiB unpacked; files (multipart, or a body of another type) at most 100 MiB in all, as sent and unpacked, and 1000 of them, members of archives counted. `Content-Encoding` is gzip or none.
         *
         *     With an `Idempotency-Key` a request can be sent again: for 72 hours the same body gets the first answer and nothing is stored twice. Another body is refused with 409 (the IETF draft of this header proposes 422), and so is a repeat while the first request is being answered, which then says `Retry-After`.
         */
        post: operations["postIngestions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/identities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List machine identities */
        get: operations["getIdentities"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/identities/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One identity with facts, credentials, score terms, findings and tasks */
        get: operations["getIdentitiesById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/identities/{id}/blast-radius": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What an identity can reach, as an interval from certain to possible */
        get: operations["getIdentitiesByIdBlastRadius"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/what-if": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a plan would take away, break and leave; changes nothing */
        post: operations["postWhatIf"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/choke-points": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The changes that cut most risk; `computing` until the ranking of the newest analysis is done */
        get: operations["getChokePoints"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List credentials (never their values) */
        get: operations["getCredentials"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/findings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List findings */
        get: operations["getFindings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What other tools say, as they said it
         * @description Findings that were imported (OCSF) or pushed. They stand beside Rollcall's own and change no score.
         */
        get: operations["getReports"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List tasks */
        get: operations["getTasks"];
        put?: never;
        /**
         * Open a task that carries a plan
         * @description The steps are those of `POST /what-if`. The analysis that no longer finds what they take away marks the task as done. The same steps have one task: asking again answers with it, and 200.
         */
        post: operations["postTasks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One task with its findings, steps and history */
        get: operations["getTasksById"];
        put?: never;
        post?: never;
        /**
         * Withdraw a task that carries a plan
         * @description With the `version` of the task you looked at, the answer is 409 when somebody was faster. Tasks that findings opened stay.
         */
        delete: operations["deleteTasksById"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{id}/actions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Act on a task
         * @description `version` is the one of the task you looked at; when somebody was faster the answer is 409.
         */
        post: operations["postTasksByIdActions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/posture": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Posture score with its formula, data completeness, trend and the largest risks */
        get: operations["getPosture"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/frameworks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Frameworks and how much of each is covered */
        get: operations["getFrameworks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/frameworks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One framework: controls, their rules and open findings; as CSV one row per control and rule */
        get: operations["getFrameworksById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/demo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Load the demo organisation */
        post: operations["postDemo"];
        /** Remove the demo organisation with everything it brought */
        delete: operations["deleteDemo"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Audit log, newest first */
        get: operations["getAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The hash chain of the audit log, oldest first, for verifying it elsewhere */
        get: operations["getAuditRecords"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/segments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was pruned of the audit log, oldest first: signed ends of segments of the hash chain */
        get: operations["getAuditSegments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Exchange a signed token of a trusted issuer for a short-lived one (RFC 8693) */
        post: operations["postToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Problem: {
            type: string;
            title: string;
            status: number;
            detail: string;
            /** @enum {string} */
            code: "invalid_input" | "unauthenticated" | "forbidden" | "not_found" | "conflict" | "too_large" | "rate_limited" | "unavailable" | "unsupported" | "precondition_failed" | "cancelled" | "internal";
            requestId: string;
            readonly errors?: {
                pointer: string;
                message: string;
            }[];
        };
        Interval: {
            min: number;
            max: number;
        };
        IdentityRow: {
            /** Format: uuid */
            id: string;
            name: string;
            kind: string;
            provider: string;
            account: string | null;
            environment: string | null;
            lifecycle: string;
            owner: string | null;
            score: components["schemas"]["Interval"];
            /** @enum {string} */
            band: "critical" | "high" | "medium" | "low";
            blastPct: components["schemas"]["Interval"];
            tierZero: boolean;
            credentialCount: number;
            oldestCredentialDays: number | null;
            nextExpiryAt: string | null;
            lastUsedAt: string | null;
            openFindings: number;
            worstSeverity: ("critical" | "high" | "medium" | "low" | "info") | null;
            /** Format: uuid */
            sourceId: string;
            sourceName: string;
            demo: boolean;
        };
        CredentialRow: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            identityId: string;
            identityName: string;
            kind: string;
            name: string | null;
            status: string | null;
            createdAt: string | null;
            lastRotatedAt: string | null;
            lastUsedAt: string | null;
            expiresAt: string | null;
            hasExpiry: boolean | null;
            ageDays: number | null;
            rotationWindowDays: number | null;
            storage: string | null;
            exposure: string | null;
            readonly reusedBy: string[];
        };
        ReportRow: {
            ref: string;
            tool: string;
            title: string;
            rule: string | null;
            severity: ("critical" | "high" | "medium" | "low" | "info") | null;
            /** @enum {string} */
            state: "open" | "resolved" | "suppressed" | "passed";
            subjectRef: string | null;
            subject: string | null;
            firstSeenAt: string | null;
            lastSeenAt: string | null;
            advice: string | null;
            attributes: {
                [key: string]: unknown;
            };
            /** Format: uuid */
            sourceId: string;
            sourceName: string;
            observedAt: string;
        };
        FindingRow: {
            /** Format: uuid */
            id: string;
            ruleId: string;
            ruleTitle: string;
            /** @enum {string} */
            severity: "critical" | "high" | "medium" | "low" | "info";
            /** @enum {string} */
            state: "open" | "resolved";
            /** @enum {string} */
            subjectKind: "identity" | "source";
            /** Format: uuid */
            subjectId: string;
            subjectName: string;
            provider: string | null;
            environment: string | null;
            owner: string | null;
            firstSeenAt: string;
            lastSeenAt: string;
            resolvedAt: string | null;
            taskId: string | null;
            taskState: string | null;
            readonly evidence: {
                path: string;
                value: string;
                label: string;
                shown: string;
            }[];
        };
        TaskRow: {
            /** Format: uuid */
            id: string;
            title: string;
            /** @enum {string} */
            playbook: "rotate" | "revoke" | "narrow" | "assign_owner" | "retire" | "register" | "federate" | "move_secret" | "review" | "restrict_trust" | "restrict_sign_in" | "separate" | "renew_certificate" | "govern_agent" | "document" | "investigate" | "fix_source" | "plan";
            state: string;
            /** @enum {string} */
            severity: "critical" | "high" | "medium" | "low" | "info";
            /** @enum {string} */
            subjectKind: "identity" | "source" | "plan";
            /** Format: uuid */
            subjectId: string;
            subjectName: string;
            assigneeId: string | null;
            assigneeName: string | null;
            createdAt: string;
            updatedAt: string;
            dueAt: string | null;
            overdue: boolean;
            snoozedUntil: string | null;
            findingCount: number;
            scoreNow: components["schemas"]["Interval"] | null;
            scoreAfter: components["schemas"]["Interval"] | null;
            plan: {
                steps: number;
                riskCutPct: number;
            } | null;
            version: number;
        };
        GraphNode: {
            key: string;
            entityId: string | null;
            kind: string;
            subkind: string;
            label: string;
            provider: string;
            account: string | null;
            environment: string | null;
            weight: number;
            weightReason: string | null;
            tierZero: boolean;
        };
        PlanChange: {
            /** @constant */
            kind: "revoke_credential";
            credential: string;
        } | {
            /** @constant */
            kind: "rotate_credential";
            credential: string;
        } | {
            /** @constant */
            kind: "delete_identity";
            identity: string;
        } | {
            /** @constant */
            kind: "remove_grant";
            grant: string;
        } | {
            /** @constant */
            kind: "remove_statement";
            policy: string;
            statement: string;
        } | {
            /** @constant */
            kind: "narrow_policy";
            policy: string;
            document: unknown;
        } | {
            /** @constant */
            kind: "narrow_statement";
            policy: string;
            statement: string;
            readonly removeActions: string[];
            readonly removeResources: string[];
            readonly addConditions: {
                operator: string;
                key: string;
                readonly values: string[];
            }[];
        };
        BlastRadius: {
            version: string;
            node: components["schemas"]["GraphNode"];
            blast: {
                min: number;
                max: number;
                pctMin: number;
                pctMax: number;
                /** @enum {string} */
                severity: "critical" | "high" | "medium" | "low";
                /** @enum {string} */
                tierZero: "yes" | "conditional" | "no";
                assets: components["schemas"]["Interval"];
                identities: components["schemas"]["Interval"];
                sensitive: number;
                readonly environments: string[];
                readonly escalations: string[];
            };
            atLeast: boolean;
            readonly gaps: {
                what: string;
                ref: string;
                who: string;
                detail: string;
            }[];
            gapsTotal: number;
            readonly lags: {
                id: string;
                name: string;
                asOf: string | null;
                /** @enum {string} */
                reason: "failing" | "not_connected" | "stale" | "partial";
                readonly datasets: string[];
            }[];
            oldest: {
                id: string;
                name: string;
                asOf: string;
            } | null;
        };
        WhatIf: {
            version: string;
            /** Format: uuid */
            planId: string;
            readonly steps: {
                change: components["schemas"]["PlanChange"];
                title: string;
            }[];
            readonly inexact: string[];
            atLeast: boolean;
            risk: {
                before: components["schemas"]["Interval"];
                after: components["schemas"]["Interval"];
            };
            riskCutPct: number;
            focus: {
                node: components["schemas"]["GraphNode"];
                remains: boolean;
                radius: {
                    before: components["schemas"]["Interval"];
                    after: components["schemas"]["Interval"];
                };
                pct: {
                    before: components["schemas"]["Interval"];
                    after: components["schemas"]["Interval"];
                };
                score: {
                    before: components["schemas"]["Interval"];
                    after: components["schemas"]["Interval"];
                } | null;
                readonly lost: {
                    node: components["schemas"]["GraphNode"];
                    /** @enum {string} */
                    before: "read" | "write" | "admin";
                    after: ("read" | "write" | "admin") | null;
                    nowConditional: boolean;
                }[];
                lostTotal: number;
                outOfReach: number;
                readonly remaining: components["schemas"]["GraphNode"][];
                remainingTotal: number;
            } | null;
            readonly broken: {
                node: components["schemas"]["GraphNode"];
                edges: number;
                /** @enum {string} */
                used: "used" | "unused" | "unknown";
                lastUsedAt: string | null;
            }[];
            brokenTotal: number;
            readonly consumersToUpdate: components["schemas"]["GraphNode"][];
        };
        ChokePoints: {
            /** @constant */
            state: "ready";
            version: string;
            risk: components["schemas"]["Interval"];
            entries: number;
            readonly ranked: {
                /** Format: uuid */
                planId: string;
                readonly changes: components["schemas"]["PlanChange"][];
                title: string;
                cut: components["schemas"]["Interval"];
                cutPct: number;
                affected: number;
                used90d: number | null;
                focus: components["schemas"]["GraphNode"] | null;
            }[];
            readonly redundant: {
                title: string;
                readonly changes: components["schemas"]["PlanChange"][];
                readonly alsoVia: string[];
                pair: {
                    title: string;
                    readonly changes: components["schemas"]["PlanChange"][];
                    cut: components["schemas"]["Interval"];
                    cutPct: number;
                } | null;
            }[];
            work: {
                candidates: number;
                evaluated: number;
                pruned: number;
            };
            atLeast: boolean;
        } | {
            /** @constant */
            state: "computing";
            since: string;
        };
        ScoreTerm: {
            id: string;
            label: string;
            min: number;
            max: number;
            cap: number;
            why: string;
            readonly evidence: {
                path: string;
                value: string;
                label: string;
                shown: string;
            }[];
        };
        Fact: {
            path: string;
            label: string;
            value: string;
            source: string;
            observedAt: string;
        } | {
            path: string;
            label: string;
            unknown: string;
            howToKnow: string;
        };
        Identity: {
            /** Format: uuid */
            id: string;
            name: string;
            kind: string;
            provider: string;
            account: string | null;
            environment: string | null;
            lifecycle: string;
            owner: string | null;
            score: components["schemas"]["Interval"];
            /** @enum {string} */
            band: "critical" | "high" | "medium" | "low";
            blastPct: components["schemas"]["Interval"];
            tierZero: boolean;
            credentialCount: number;
            oldestCredentialDays: number | null;
            nextExpiryAt: string | null;
            lastUsedAt: string | null;
            openFindings: number;
            worstSeverity: ("critical" | "high" | "medium" | "low" | "info") | null;
            /** Format: uuid */
            sourceId: string;
            sourceName: string;
            demo: boolean;
            ref: string;
            nativeId: string;
            asOf: string;
            firstSeenAt: string;
            missingSince: string | null;
            goneAt: string | null;
            readonly terms: components["schemas"]["ScoreTerm"][];
            readonly actions: {
                /** @enum {string} */
                playbook: "rotate" | "revoke" | "narrow" | "assign_owner" | "retire" | "register" | "federate" | "move_secret" | "review" | "restrict_trust" | "restrict_sign_in" | "separate" | "renew_certificate" | "govern_agent" | "document" | "investigate" | "fix_source";
                label: string;
                min: number;
                max: number;
            }[];
            readonly facts: components["schemas"]["Fact"][];
            readonly credentials: components["schemas"]["CredentialRow"][];
            readonly ownerClaims: {
                label: string;
                signal: string;
                weight: number;
                status: string;
            }[];
            readonly usage: {
                service: string | null;
                lastUsedAt: string | null;
                observedDays: number | null;
            }[];
            readonly findings: components["schemas"]["FindingRow"][];
            readonly tasks: components["schemas"]["TaskRow"][];
            readonly unknownRules: {
                ruleId: string;
                title: string;
                readonly fields: string[];
            }[];
            readonly grants: {
                ref: string;
                kind: string;
                to: string;
                toLabel: string;
            }[];
        };
        Ingestion: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            status: "pending" | "processing" | "completed" | "failed" | "held" | "cancelled";
            createdAt: string;
            finishedAt: string | null;
            readonly files: string[];
            error: string | null;
            readonly syncs: {
                /** Format: uuid */
                id: string;
                /** Format: uuid */
                sourceId: string;
                connector: string;
                sourceName: string;
                asOf: string;
                asOfBasis: string;
                status: string;
                phase: string;
                done: number;
                total: number | null;
                counts: {
                    added: number;
                    changed: number;
                    unchanged: number;
                    markedAbsent: number;
                    removed: number;
                } | null;
                totals: {
                    [key: string]: number;
                };
                readonly notes: string[];
                readonly rejected: {
                    where: string;
                    code: string;
                    message: string;
                }[];
                rejectedTotal: number;
            }[];
        };
        Control: {
            id: string;
            label: string;
            parent: string | null;
            url: string | null;
            readonly aliases: string[];
            /** @enum {string} */
            coverage: "covered" | "partial" | "manual" | "not_assessable";
            /** @enum {string} */
            status: "ok" | "at_risk" | "failing" | "unknown" | "not_assessed";
            reason: string | null;
            readonly rules: {
                ruleId: string;
                title: string;
                pass: number;
                fail: number;
                unknown: number;
                notApplicable: number;
            }[];
            openFindings: number;
        };
        FrameworkSummary: {
            id: string;
            title: string;
            version: string;
            publisher: string;
            summary: {
                covered: number;
                partial: number;
                manual: number;
                not_assessable: number;
            };
            statuses: {
                ok: number;
                at_risk: number;
                failing: number;
                unknown: number;
                not_assessed: number;
            };
        };
        Framework: {
            id: string;
            title: string;
            version: string;
            publisher: string;
            url: string;
            licence: string;
            attribution: string | null;
            readonly controls: components["schemas"]["Control"][];
            summary: {
                covered: number;
                partial: number;
                manual: number;
                not_assessable: number;
            };
        };
        Posture: {
            /** @enum {string} */
            state: "empty" | "analysing" | "ready";
            analysedAt: string | null;
            score: number | null;
            completeness: number;
            formula: string;
            verdicts: {
                pass: number;
                fail: number;
                unknown: number;
            };
            identities: number;
            openFindings: {
                [key: string]: number;
            };
            readonly changes: {
                days: 7 | 30 | 90;
                since: string;
                score: number | null;
                opened: number;
                resolved: number;
                newIdentities: number;
            }[];
            readonly kpis: {
                id: string;
                label: string;
                value: number | null;
                /** @enum {string} */
                unit: "%" | "count" | "days";
                target: number | null;
                /** @enum {string} */
                betterIs: "lower" | "higher";
                detail: string;
                href: string;
                readonly trend: (number | null)[];
            }[];
            readonly trend: {
                date: string;
                score: number | null;
                completeness: number;
                critical: number;
                high: number;
            }[];
            readonly topRisks: components["schemas"]["IdentityRow"][];
            readonly topActions: {
                identityId: string;
                identityName: string;
                /** @enum {string} */
                playbook: "rotate" | "revoke" | "narrow" | "assign_owner" | "retire" | "register" | "federate" | "move_secret" | "review" | "restrict_trust" | "restrict_sign_in" | "separate" | "renew_certificate" | "govern_agent" | "document" | "investigate" | "fix_source";
                label: string;
                from: components["schemas"]["Interval"];
                to: components["schemas"]["Interval"];
                taskId: string | null;
            }[];
            expiring: {
                expired: number;
                in30: number;
                in60: number;
                in90: number;
                later: number;
                none: number;
                unknown: number;
            };
            readonly owaspNhi: components["schemas"]["Control"][];
            readonly byOwner: {
                owner: string | null;
                identities: number;
                openFindings: number;
                critical: number;
                averageScore: number;
            }[];
            readonly sources: {
                id: string;
                name: string;
                asOf: string | null;
                state: string;
            }[];
            demo: boolean;
        };
        Task: {
            /** Format: uuid */
            id: string;
            title: string;
            /** @enum {string} */
            playbook: "rotate" | "revoke" | "narrow" | "assign_owner" | "retire" | "register" | "federate" | "move_secret" | "review" | "restrict_trust" | "restrict_sign_in" | "separate" | "renew_certificate" | "govern_agent" | "document" | "investigate" | "fix_source" | "plan";
            state: string;
            /** @enum {string} */
            severity: "critical" | "high" | "medium" | "low" | "info";
            /** @enum {string} */
            subjectKind: "identity" | "source" | "plan";
            /** Format: uuid */
            subjectId: string;
            subjectName: string;
            assigneeId: string | null;
            assigneeName: string | null;
            createdAt: string;
            updatedAt: string;
            dueAt: string | null;
            overdue: boolean;
            snoozedUntil: string | null;
            findingCount: number;
            scoreNow: components["schemas"]["Interval"] | null;
            scoreAfter: components["schemas"]["Interval"] | null;
            plan: {
                readonly steps: {
                    change: components["schemas"]["PlanChange"];
                    title: string;
                }[];
                focus: {
                    key: string;
                    entityId: string | null;
                    label: string;
                    kind: string;
                    subkind: string;
                } | null;
                risk: {
                    before: components["schemas"]["Interval"];
                    after: components["schemas"]["Interval"];
                };
                riskCutPct: number;
                focusPct: {
                    before: components["schemas"]["Interval"];
                    after: components["schemas"]["Interval"];
                } | null;
                focusScore: {
                    before: components["schemas"]["Interval"];
                    after: components["schemas"]["Interval"];
                } | null;
                readonly affected: {
                    key: string;
                    entityId: string | null;
                    label: string;
                    kind: string;
                    subkind: string;
                    /** @enum {string} */
                    used: "used" | "unused" | "unknown";
                    lastUsedAt: string | null;
                }[];
                affectedTotal: number;
                readonly inexact: string[];
                atLeast: boolean;
                edges: number;
                rotations: number;
                asOf: string;
            } | null;
            version: number;
            readonly findings: components["schemas"]["FindingRow"][];
            readonly steps: string[];
            verify: string;
            breaks: string;
            why: string;
            lastUsedAt: string | null;
            readonly events: {
                id: string;
                at: string;
                actor: string;
                kind: string;
                text: string | null;
            }[];
            readonly allowed: {
                event: string;
                refusal: string | null;
            }[];
            exception: {
                reason: string;
                compensatingControl: string;
                expiresAt: string;
                owner: string;
            } | null;
        };
        ExchangedToken: {
            access_token: string;
            /** @constant */
            issued_token_type: "urn:ietf:params:oauth:token-type:access_token";
            /** @constant */
            token_type: "Bearer";
            expires_in: number;
            scope: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getIngestionsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ingestion"];
                };
            };
            /** @description The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in, or the API key is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role or the scope of the key does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Temporarily unavailable; see Retry-After */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getIngestionsByIdRejected: {
        parameters: {
            query?: {
                cursor?: number;
                limit?: number;
                format?: "json" | "csv";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of records; with `Accept: text/csv` all of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        readonly items: {
                            /** Format: uuid */
                            syncId: string;
                            where: string;
                            code: string;
                            message: string;
                        }[];
                        nextCursor: string | null;
                        /** @description How many are kept with their reason */
                        kept: number;
                        /** @description How many there were */
                        total: number;
                    };
                    "text/csv": string;
                };
            };
            /** @description The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in, or the API key is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role or the scope of the key does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Temporarily unavailable; see Retry-After */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postIngestions: {
        parameters: {
            query?: {
                filename?: string;
                asOf?: string;
                account?: string;
                modifiedAt?: string;
                /** @description For a table: which column is what, as JSON */
                mapping?: string;
            };
            header?: {
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** @description One part for each file */
                    file: string[];
                    asOf?: string;
                    account?: string;
                    /** @description One for each file */
                    modifiedAt?: string[];
                    mapping?: string;
                };
                "application/json": {
                    [key: string]: unknown;
                } | unknown[];
                "application/x-ndjson": string;
                "application/ndjson": string;
                "application/zip": string;
                "application/gzip": string;
                "application/octet-stream": string;
                "application/yaml": string;
                "application/x-yaml": string;
                "text/yaml": string;
                "text/csv": string;
                "text/plain": string;
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ingestion"];
                };
            };
            /** @description The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in, or the API key is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role or the scope of the key does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This Idempotency-Key was used for another request; with Retry-After: the first request with it is still being answered */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Larger than 5 MiB (20 MiB unpacked) as JSON or NDJSON, or than 100 MiB as files. Split it, or send it as a file */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the files is of a known kind, or the body is compressed with something else than gzip */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Temporarily unavailable; see Retry-After */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getIdentities: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                format?: "json" | "csv";
                search?: string;
                since?: string;
                kind?: string[];
                provider?: string[];
                account?: string[];
                environment?: string[];
                band?: ("critical" | "high" | "medium" | "low")[];
                lifecycle?: string[];
                source?: string[];
                owner?: string[];
                rule?: string[];
                lens?: ("unowned" | "dormant" | "tier_zero" | "expiring_30" | "expiring_60" | "expiring_90" | "expired" | "rotation_overdue" | "external" | "unknown_use" | "over_privileged" | "ai_agent" | "with_findings")[];
                sort?: "score" | "name" | "age" | "last_used" | "blast" | "findings";
                direction?: "asc" | "desc";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of identities; with `Accept: text/csv` all of them. `Link: <...>; rel="next"` names the next page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["IdentityRow"][];
                        nextCursor: string | null;
                    };
                    "text/csv": string;
                };
            };
            /** @description The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in, or the API key is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role or the scope of the key does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Temporarily unavailable; see Retry-After */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getIdentitiesById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Identity"];
                };
            };
            /** @description The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in, or the API key is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role or the scope of the key does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Temporarily unavailable; see Retry-After */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getIdentitiesByIdBlastRadius: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BlastRadius"];
                };
            };
            /** @description The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in, or the API key is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role or the scope of the key does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Temporarily unavailable; see Retry-After */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postWhatIf: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    changes: ({
                        /** @enum {string} */
                        kind: "revoke_credential";
                        credential: string;
                    } | {
                        /** @enum {string} */
                        kind: "rotate_credential";
                        credential: string;
                    } | {
                        /** @enum {string} */
                        kind: "delete_identity";
                        identity: string;
                    } | {
                        /** @enum {string} */
                        kind: "remove_grant";
                        grant: string;
                    } | {
                        /** @enum {string} */
                        kind: "remove_statement";
                        policy: string;
                        statement: string;
                    } | {
                        /** @enum {string} */
                        kind: "narrow_policy";
                        policy: string;
                        document: {
                            [key: string]: unknown;
                        };
                    } | {
                        /** @enum {string} */
                        kind: "narrow_statement";
                        policy: string;
                        statement: string;
                        /** @default [] */
                        removeActions?: string[];
                        /** @default [] */
                        removeResources?: string[];
                        /** @default [] */
                        addConditions?: {
                            operator: string;
                            key: string;
                            values: string[];
                        }[];
                    })[];
                    /** @default null */
                    focus?: string | null;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WhatIf"];
                };
            };
            /** @description The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in, or the API key is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role or the scope of the key does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Temporarily unavailable; see Retry-After */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getChokePoints: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChokePoints"];
                };
            };
            /** @description The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in, or the API key is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role or the scope of the key does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Temporarily unavailable; see Retry-After */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCredentials: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                format?: "json" | "csv";
                identityId?: string;
                kind?: string[];
                expiringWithinDays?: number;
                expiry?: "expired" | "in30" | "in60" | "in90" | "later" | "none" | "unknown";
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of credentials; with `Accept: text/csv` all of them. `Link: <...>; rel="next"` names the next page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["CredentialRow"][];
                        nextCursor: string | null;
                    };
                    "text/csv": string;
                };
            };
            /** @description The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in, or the API key is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role or the scope of the key does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Temporarily unavailable; see Retry-After */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getFindings: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                format?: "json" | "csv";
                rule?: string[];
                severity?: ("critical" | "high" | "medium" | "low" | "info")[];
                state?: "open" | "resolved";
                subject?: string;
                provider?: string[];
                environment?: string[];
                control?: string;
                search?: string;
                since?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of findings; with `Accept: text/csv` all of them. `Link: <...>; rel="next"` names the next page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["FindingRow"][];
                        nextCursor: string | null;
                    };
                    "text/csv": string;
                };
            };
            /** @description The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in, or the API key is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role or the scope of the key does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Temporarily unavailable; see Retry-After */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReports: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                format?: "json" | "csv";
                identityId?: string;
                state?: ("open" | "resolved" | "suppressed" | "passed")[];
                severity?: ("critical" | "high" | "medium" | "low" | "info")[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of reports; with `Accept: text/csv` all of them. `Link: <...>; rel="next"` names the next page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ReportRow"][];
                        nextCursor: string | null;
                    };
                    "text/csv": string;
                };
            };
            /** @description The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in, or the API key is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role or the scope of the key does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Temporarily unavailable; see Retry-After */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTasks: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                format?: "json" | "csv";
                queue?: "mine" | "unassigned" | "all";
                state?: string[];
                severity?: ("critical" | "high" | "medium" | "low" | "info")[];
                playbook?: ("rotate" | "revoke" | "narrow" | "assign_owner" | "retire" | "register" | "federate" | "move_secret" | "review" | "restrict_trust" | "restrict_sign_in" | "separate" | "renew_certificate" | "govern_agent" | "document" | "investigate" | "fix_source" | "plan")[];
                overdue?: true;
                subject?: string;
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of tasks; with `Accept: text/csv` all of them. `Link: <...>; rel="next"` names the next page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["TaskRow"][];
                        nextCursor: string | null;
                    };
                    "text/csv": string;
                };
            };
            /** @description The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in, or the API key is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role or the scope of the key does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Temporarily unavailable; see Retry-After */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postTasks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    changes: ({
                        /** @enum {string} */
                        kind: "revoke_credential";
                        credential: string;
                    } | {
                        /** @enum {string} */
                        kind: "rotate_credential";
                        credential: string;
                    } | {
                        /** @enum {string} */
                        kind: "delete_identity";
                        identity: string;
                    } | {
                        /** @enum {string} */
                        kind: "remove_grant";
                        grant: string;
                    } | {
                        /** @enum {string} */
                        kind: "remove_statement";
                        policy: string;
                        statement: string;
                    } | {
                        /** @enum {string} */
                        kind: "narrow_policy";
                        policy: string;
                        document: {
                            [key: string]: unknown;
                        };
                    } | {
                        /** @enum {string} */
                        kind: "narrow_statement";
                        policy: string;
                        statement: string;
                        /** @default [] */
                        removeActions?: string[];
                        /** @default [] */
                        removeResources?: string[];
                        /** @default [] */
                        addConditions?: {
                            operator: string;
                            key: string;
                            values: string[];
                        }[];
                    })[];
                    /** @default null */
                    focus?: string | null;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in, or the API key is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role or the scope of the key does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A source that the plan speaks of was removed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Temporarily unavailable; see Retry-After */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTasksById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in, or the API key is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role or the scope of the key does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Temporarily unavailable; see Retry-After */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteTasksById: {
        parameters: {
            query?: {
                version?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in, or the API key is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role or the scope of the key does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Somebody changed the task in the meantime */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Temporarily unavailable; see Retry-After */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postTasksByIdActions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    version: number;
                    /** @enum {string} */
                    event: "claim" | "unclaim" | "start" | "submit" | "snooze" | "unsnooze" | "except" | "false_positive" | "reopen" | "assign";
                    /** Format: date-time */
                    until?: string;
                    assigneeId?: string | null;
                    reason?: string;
                    compensatingControl?: string;
                    /** Format: date-time */
                    expiresAt?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in, or the API key is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role or the scope of the key does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Somebody changed the task in the meantime */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Temporarily unavailable; see Retry-After */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPosture: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Posture"];
                };
            };
            /** @description The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in, or the API key is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role or the scope of the key does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Temporarily unavailable; see Retry-After */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getFrameworks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        readonly items: components["schemas"]["FrameworkSummary"][];
                    };
                };
            };
            /** @description The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in, or the API key is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role or the scope of the key does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Temporarily unavailable; see Retry-After */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getFrameworksById: {
        parameters: {
            query?: {
                format?: "json" | "csv";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The framework */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Framework"];
                    "text/csv": string;
                };
            };
            /** @description The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in, or the API key is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role or the scope of the key does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Temporarily unavailable; see Retry-After */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postDemo: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted; follow the ingestion named in `Location` */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        ingestionId: string;
                    };
                };
            };
            /** @description The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in, or the API key is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role or the scope of the key does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Temporarily unavailable; see Retry-After */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteDemo: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        identities: number;
                    };
                };
            };
            /** @description The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in, or the API key is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role or the scope of the key does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Temporarily unavailable; see Retry-After */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAudit: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                format?: "json" | "csv";
                action?: string;
                actorId?: string;
                objectId?: string;
                from?: string;
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of audit log rows; with `Accept: text/csv` all of them. `Link: <...>; rel="next"` names the next page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            seq: number;
                            /** Format: date-time */
                            at: string;
                            /** @enum {string} */
                            actorKind: "person" | "api_key" | "system";
                            actorId: string | null;
                            actorName: string;
                            action: string;
                            objectKind: string;
                            objectId: string | null;
                            objectLabel: string | null;
                            detail: {
                                [key: string]: unknown;
                            };
                            requestId: string | null;
                        }[];
                        nextCursor: string | null;
                    };
                    "text/csv": string;
                };
            };
            /** @description The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in, or the API key is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role or the scope of the key does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Temporarily unavailable; see Retry-After */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAuditRecords: {
        parameters: {
            query?: {
                /** @description Number of the last row already seen */
                after?: number;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        readonly items: {
                            /** Format: uuid */
                            workspaceId: string;
                            seq: number;
                            /** Format: date-time */
                            at: string;
                            /** @description Canonical JSON (RFC 8785) */
                            body: string;
                            prevHash: string;
                            hash: string;
                        }[];
                    };
                };
            };
            /** @description The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in, or the API key is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role or the scope of the key does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Temporarily unavailable; see Retry-After */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAuditSegments: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        readonly items: {
                            /** Format: uuid */
                            workspaceId: string;
                            firstSeq: number;
                            lastSeq: number;
                            /** Format: date-time */
                            firstAt: string;
                            /** Format: date-time */
                            lastAt: string;
                            /** @description Hash of the row before the first */
                            prevHash: string;
                            lastHash: string;
                            /** Format: date-time */
                            prunedAt: string;
                            /** @description Ed25519, base64url */
                            publicKey: string;
                            /** @description Ed25519, base64url */
                            signature: string;
                        }[];
                    };
                };
            };
            /** @description The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in, or the API key is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role or the scope of the key does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Temporarily unavailable; see Retry-After */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": {
                    /** @enum {string} */
                    grant_type: "urn:ietf:params:oauth:grant-type:token-exchange";
                    /** @description The signed token that the issuer gave to the job */
                    subject_token: string;
                    /** @enum {string} */
                    subject_token_type: "urn:ietf:params:oauth:token-type:jwt" | "urn:ietf:params:oauth:token-type:id_token";
                    /** @description Id of the federation, as the settings show it */
                    audience: string;
                    /** @enum {string} */
                    requested_token_type?: "urn:ietf:params:oauth:token-type:access_token";
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExchangedToken"];
                };
            };
            /** @description The request or the presented token is not accepted; `error` is the code of RFC 6749 */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer cannot be reached; see Retry-After */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
