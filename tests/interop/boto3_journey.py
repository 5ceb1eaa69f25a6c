"""Signs up, confirms and signs in with boto3, administers with its paginators, and prints what it saw as JSON.

Usage: boto3_journey.py URL ACCESS_KEY_ID SECRET_ACCESS_KEY
"""
import datetime
import json
import sys
import urllib.request

import boto3
from botocore import UNSIGNED
from botocore.config import Config

url, key_id, secret = sys.argv[1:]
password = "Correct-Horse-7"


def client(secret_key=secret, region="us-east-1", **more):
    return boto3.client(
        "cognito-idp",
        endpoint_url=url,
        region_name=region,
        aws_access_key_id=key_id,
        aws_secret_access_key=secret_key,
        **more,
    )


def refusal(call, **arguments):
    try:
        call(**arguments)
    except Exception as error:  # the class is what the test looks at
        return [type(error).__name__, error.response["Error"]["Code"], error.response["Error"]["Message"]]
    return None


admin = client()
visitor = client(config=Config(signature_version=UNSIGNED))

pool_id = admin.create_user_pool(PoolName="snakes", AutoVerifiedAttributes=["email"])["UserPool"]["Id"]
client_id = admin.create_user_pool_client(
    UserPoolId=pool_id, ClientName="app", ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
)["UserPoolClient"]["ClientId"]

visitor.sign_up(
    ClientId=client_id, Username="ana", Password=password, UserAttributes=[{"Name": "email", "Value": "ana@example.org"}]
)
with urllib.request.urlopen(f"{url}/_poolhouse/messages?to=ana@example.org") as reply:
    code = json.load(reply)[0]["code"]
visitor.confirm_sign_up(ClientId=client_id, Username="ana", ConfirmationCode=code)


def sign_in(secret_word):
    return visitor.initiate_auth(
        ClientId=client_id, AuthFlow="USER_PASSWORD_AUTH", AuthParameters={"USERNAME": "ana", "PASSWORD": secret_word}
    )


tokens = sign_in(password)["AuthenticationResult"]
for at in range(5):
    admin.admin_create_user(UserPoolId=pool_id, Username=f"user-{at}", MessageAction="SUPPRESS")
pages = list(admin.get_paginator("list_users").paginate(UserPoolId=pool_id, PaginationConfig={"PageSize": 4}))
user = admin.admin_get_user(UserPoolId=pool_id, Username="ana")

print(
    json.dumps(
        {
            "version": boto3.__version__,
            "tokenType": tokens["TokenType"],
            "me": visitor.get_user(AccessToken=tokens["AccessToken"])["Username"],
            "status": user["UserStatus"],
            "pageSizes": [len(page["Users"]) for page in pages],
            "age": (datetime.datetime.now(datetime.timezone.utc) - user["UserCreateDate"]).total_seconds(),
            "wrongPassword": refusal(sign_in, secret_word="Wrong-Horse-7"),
            "unknownUser": refusal(admin.admin_get_user, UserPoolId=pool_id, Username="nobody"),
            "wrongSecret": refusal(client(secret_key="wrong").list_users, UserPoolId=pool_id),
            "wrongRegion": refusal(client(region="eu-west-1").list_users, UserPoolId=pool_id),
        }
    )
)
