import graphql

field = graphql.GraphQLField(graphql.GraphQLString)
schema = graphql.GraphQLSchema(query=graphql.GraphQLObjectType("Query", {"a": field}))
call = graphql.graphql_sync if hasattr(graphql, "graphql_sync") else graphql.graphql
assert not call(schema, "{ a }").errors
