# needs: langgraph
import langgraph
