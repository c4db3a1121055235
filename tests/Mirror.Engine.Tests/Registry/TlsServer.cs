using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Mirror.Engine.Tests.Registry;

/// <summary>A registry on loopback that speaks TLS and has one empty list of tags for every repository.</summary>
internal sealed class TlsServer(X509Certificate2 certificate) : LoopbackServer
{
    protected override async Task AnswerAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        try
        {
            using SslStream secured = new(stream);
            await secured.AuthenticateAsServerAsync(certificate);
            if (await secured.ReadAsync(new byte[4096], cancellationToken) == 0)
            {
                return;
            }

            await secured.WriteAsync(
                "HTTP/1.1 200 OK\r\nContent-Length: 11\r\nConnection: close\r\n\r\n{\"tags\":[]}"u8.ToArray(),
                cancellationToken);
            await secured.ShutdownAsync();
        }
        catch (Exception exception) when (exception is IOException or AuthenticationException)
        {
            // A client that does not trust this server goes away: what the tests are about.
        }
    }
}
