-- What the builders of the graph learnt about a node beyond its edges; unknown for the nodes that are stored already, until the next analysis.
ALTER TABLE "graph_node" ADD COLUMN "traits" JSON;
