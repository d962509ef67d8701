# needs: aiobotocore
import aiobotocore.client
