using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using Mirror.Engine.Errors;
using Mirror.Engine.Oci;
using Mirror.Engine.Settings;

namespace Mirror.Engine.Registry;

/// <summary>Reads a tag list page by page (spec/bundle-and-push.md 4.12): bounded, never cut short unseen.</summary>
internal sealed class TagPages(RegistryAccess access, HttpWire wire, RequestSender sender)
{
    private const int PageLength = 1000;
    private const int MaxTags = 1_000_000;
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = OciLimits.JsonDepth };

    /// <summary>All tags in ordinal order; <see langword="null"/> when there is no such repository.</summary>
    public async Task<ImmutableArray<string>?> ReadAsync(string repository, CancellationToken cancellationToken)
    {
        SortedSet<string> tags = new(StringComparer.Ordinal);
        HashSet<string> visited = new(StringComparer.Ordinal);
        string? next = $"{repository}/tags/list?n={PageLength}";
        while (next is not null && visited.Add(next))
        {
            RegistryRequest request = RegistryRequest.ForTags(repository, next);
            Page? page = await sender.SendAsync(
                request,
                static status => status == HttpStatusCode.NotFound,
                (response, token) => ReadPageAsync(response, request, token),
                cancellationToken).ConfigureAwait(false);
            if (page is null)
            {
                // A list that ends in 404 after its first page changed while it was read: nothing more is known of it.
                return visited.Count == 1
                    ? null
                    : throw new MirrorException(new RegistryFaults(access, request, access.Host)
                        .UnexpectedAnswer("404 in the middle of the list", ""));
            }

            int before = tags.Count;
            tags.UnionWith(page.Tags);
            if (tags.Count > MaxTags || visited.Count >= OciLimits.TagPages)
            {
                throw new MirrorException(new RegistryFaults(access, request, access.Host)
                    .TooLarge("the number of tags or pages", tags.Count > MaxTags ? MaxTags : OciLimits.TagPages));
            }

            // Older registries give a full page without a link; another page is asked for while that brings something.
            next = page.Next ?? (page.Tags.Length == PageLength && tags.Count > before
                ? $"{repository}/tags/list?n={PageLength}&last={Uri.EscapeDataString(page.Tags[^1])}"
                : null);
        }

        return [.. tags];
    }

    private async Task<Page?> ReadPageAsync(
        RegistryResponse response, RegistryRequest request, CancellationToken cancellationToken)
    {
        if (response.Status == HttpStatusCode.NotFound)
        {
            return null;
        }

        ReadOnlyMemory<byte> body = await wire.ReadAsync(
            response.Message, request, OciLimits.TagPageBytes, cancellationToken).ConfigureAwait(false);
        RegistryFaults faults = new(access, request, response.Address.Authority);
        string? link = response.Message.Headers.TryGetValues("Link", out IEnumerable<string>? links)
            ? LinkHeader.FindNext(links)
            : null;
        if (link is null && links is not null && LinkHeader.IsUnreadable(links))
        {
            throw new MirrorException(faults.UnexpectedAnswer(
                $"the link to the next page cannot be read: '{ErrorBody.Clean(string.Join(", ", links))}'", ""));
        }

        return new Page(
            ParseTags(body) ?? throw new MirrorException(faults.UnexpectedAnswer("no list of tags", "")),
            link is null ? null : PathOf(link, response.Address, request) ?? throw new MirrorException(
                faults.UnexpectedAnswer($"the next page is said to be at '{ErrorBody.Clean(link)}'", "")));
    }

    // Registries behind proxies name a wrong scheme or host: the path counts, the origin stays ours.
    private string? PathOf(string link, Uri address, RegistryRequest request)
    {
        if (!Uri.TryCreate(address, link, out Uri? target))
        {
            return null;
        }

        string path = target.GetComponents(UriComponents.Path, UriFormat.UriEscaped);
        string expected = $"v2/{request.Repository}/tags/list";
        return path == expected
            ? target.PathAndQuery[access.BaseAddress.AbsolutePath.Length..]
            : null;
    }

    internal static ImmutableArray<string>? ParseTags(ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body, Options);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            if (!document.RootElement.TryGetProperty("tags", out JsonElement tags)
                || tags.ValueKind == JsonValueKind.Null)
            {
                return [];
            }

            return tags.ValueKind == JsonValueKind.Array
                && tags.EnumerateArray().All(tag => tag.ValueKind == JsonValueKind.String)
                ? [.. tags.EnumerateArray().Select(tag => tag.GetString()!)]
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // No JSON, or text in it that is no UTF-8.
            return null;
        }
    }

    private sealed record Page(ImmutableArray<string> Tags, string? Next);
}
