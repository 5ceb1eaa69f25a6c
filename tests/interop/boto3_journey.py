"""Signs up, confirms and signs in with boto3, administers with its paginators, signs in with a second factor on a device
that is tracked, and prints what it saw as JSON.

Usage: boto3_journey.py URL ACCESS_KEY_ID SECRET_ACCESS_KEY
"""
import base64
import datetime
import hashlib
import hmac
import json
import secrets
import struct
import sys
import time
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


def sign_in(secret_word, client_id=client_id):
    return visitor.initiate_auth(
        ClientId=client_id, AuthFlow="USER_PASSWORD_AUTH", AuthParameters={"USERNAME": "ana", "PASSWORD": secret_word}
    )


tokens = sign_in(password)["AuthenticationResult"]
for at in range(5):
    admin.admin_create_user(UserPoolId=pool_id, Username=f"user-{at}", MessageAction="SUPPRESS")
pages = list(admin.get_paginator("list_users").paginate(UserPoolId=pool_id, PaginationConfig={"PageSize": 4}))
user = admin.admin_get_user(UserPoolId=pool_id, Username="ana")


def totp(secret_code, at):
    key = base64.b32decode(secret_code + "=" * (-len(secret_code) % 8))
    mac = hmac.new(key, struct.pack(">Q", int(at) // 30), hashlib.sha1).digest()
    return f"{(struct.unpack_from('>L', mac, mac[-1] & 15)[0] & 0x7FFFFFFF) % 1_000_000:06}"


def second_factor_on_a_device():
    pool_id = admin.create_user_pool(PoolName="guarded", DeviceConfiguration={"ChallengeRequiredOnNewDevice": True})["UserPool"]["Id"]
    client_id = admin.create_user_pool_client(
        UserPoolId=pool_id, ClientName="app", ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
    )["UserPoolClient"]["ClientId"]
    admin.set_user_pool_mfa_config(
        UserPoolId=pool_id, MfaConfiguration="OPTIONAL", SoftwareTokenMfaConfiguration={"Enabled": True}
    )
    admin.admin_create_user(UserPoolId=pool_id, Username="ana", MessageAction="SUPPRESS")
    admin.admin_set_user_password(UserPoolId=pool_id, Username="ana", Password=password, Permanent=True)

    token = sign_in(password, client_id)["AuthenticationResult"]["AccessToken"]
    secret_code = visitor.associate_software_token(AccessToken=token)["SecretCode"]
    verified = visitor.verify_software_token(AccessToken=token, UserCode=totp(secret_code, time.time()))["Status"]
    visitor.set_user_mfa_preference(AccessToken=token, SoftwareTokenMfaSettings={"Enabled": True, "PreferredMfa": True})

    asked = sign_in(password, client_id)

    def answer(user_code):
        return visitor.respond_to_auth_challenge(
            ClientId=client_id,
            ChallengeName=asked["ChallengeName"],
            Session=asked["Session"],
            ChallengeResponses={"USERNAME": "ana", "SOFTWARE_TOKEN_MFA_CODE": user_code},
        )["AuthenticationResult"]

    wrong_code = refusal(answer, user_code="000000")
    # The code of this half minute is used up, and that of the next one is good already.
    tokens = answer(totp(secret_code, time.time() + 30))
    device_key = tokens["NewDeviceMetadata"]["DeviceKey"]
    visitor.confirm_device(
        AccessToken=tokens["AccessToken"],
        DeviceKey=device_key,
        DeviceName="laptop",
        DeviceSecretVerifierConfig={
            "Salt": base64.b64encode(secrets.token_bytes(16)).decode(),
            "PasswordVerifier": base64.b64encode(secrets.token_bytes(256)).decode(),
        },
    )
    device = visitor.get_device(AccessToken=tokens["AccessToken"], DeviceKey=device_key)["Device"]

    def refresh(**more):
        parameters = {"REFRESH_TOKEN": tokens["RefreshToken"], **more}
        return visitor.initiate_auth(ClientId=client_id, AuthFlow="REFRESH_TOKEN_AUTH", AuthParameters=parameters)

    refreshed = visitor.get_tokens_from_refresh_token(
        ClientId=client_id, RefreshToken=tokens["RefreshToken"], DeviceKey=device_key
    )
    return {
        "verified": verified,
        "challenge": asked["ChallengeName"],
        "wrongCode": wrong_code,
        "preferred": visitor.get_user(AccessToken=tokens["AccessToken"])["PreferredMfaSetting"],
        "device": [device["DeviceKey"] == device_key, type(device["DeviceCreateDate"]).__name__],
        "refreshWithoutDevice": refusal(refresh),
        "refresh": refresh(DEVICE_KEY=device_key)["AuthenticationResult"]["TokenType"],
        "refreshedTokens": refreshed["AuthenticationResult"]["TokenType"],
    }


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
            "secondFactor": second_factor_on_a_device(),
        }
    )
)
