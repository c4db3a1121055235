using System.Net.Http.Headers;

namespace Mirror.Engine.Registry.Login;

/// <summary>What one request carried as its login. Not a record: its text must not reach a log.</summary>
internal sealed class RequestLogin(AuthenticationHeaderValue header, TokenSlot? slot = null, AccessToken? token = null)
{
    public AuthenticationHeaderValue Header => header;

    public bool IsBearer => header.Scheme == "Bearer";

    /// <summary>Whether its token can be replaced by another one.</summary>
    public bool IsRenewable => slot is not null;

    /// <summary>Whether its token is new: no answer has shown yet that the registry takes it.</summary>
    public bool IsFresh => token is { WasAccepted: false };

    public bool IsGivenUp => slot is { IsGivenUp: true };

    public void Accept()
    {
        if (token is not null)
        {
            slot?.Accept(token);
        }
    }

    /// <summary>Notes that the registry refused it, so that the next request gets another token.</summary>
    /// <param name="isForGood">Whether other new tokens were refused before.</param>
    public void Drop(bool isForGood = false)
    {
        if (slot is not null && token is not null)
        {
            slot.Forget(token);
            slot.IsGivenUp |= isForGood;
        }
    }
}
