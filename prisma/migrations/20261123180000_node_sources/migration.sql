-- Which sources a node of the graph was read from, so that answers say how old they are; unknown for the nodes that are stored already, until the next analysis.
ALTER TABLE "graph_node" ADD COLUMN "source_ids" UUID[];
