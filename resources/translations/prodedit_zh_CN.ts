<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>About</name>
    <message>
        <source>About ProdEdit</source>
        <translation>关于 ProdEdit</translation>
    </message>
    <message>
        <source>An editor for product pictures. It works offline: no photo leaves this computer.

Free software under the Apache License 2.0. Qt is used under the LGPL; the icons are Tabler&apos;s (MIT); the cut-out networks are U²-Net and IS-Net (Apache 2.0).</source>
        <translation>商品图片编辑器。全程离线，照片不会离开这台电脑。

自由软件，采用 Apache 2.0 许可证。Qt 按 LGPL 使用；图标来自 Tabler（MIT）；抠图网络为 U²-Net 和 IS-Net（Apache 2.0）。</translation>
    </message>
</context>
<context>
    <name>Action</name>
    <message>
        <source>&amp;New…</source>
        <translation>新建(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>打开(&amp;O)…</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>最近打开(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Place picture as layer…</source>
        <translation>置入图片为图层(&amp;P)…</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>Save &amp;as…</source>
        <translation>另存为(&amp;A)…</translation>
    </message>
    <message>
        <source>Save a cop&amp;y…</source>
        <translation>另存副本(&amp;Y)…</translation>
    </message>
    <message>
        <source>Re&amp;vert to the file</source>
        <translation>恢复到文件(&amp;V)</translation>
    </message>
    <message>
        <source>Earlier vers&amp;ions…</source>
        <translation>历史版本(&amp;I)…</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>导出(&amp;E)…</translation>
    </message>
    <message>
        <source>Check for mar&amp;ketplaces…</source>
        <translation>按平台规格检查(&amp;K)…</translation>
    </message>
    <message>
        <source>Presets of &amp;marketplaces…</source>
        <translation>平台预设(&amp;M)…</translation>
    </message>
    <message>
        <source>Prin&amp;t…</source>
        <translation>打印(&amp;T)…</translation>
    </message>
    <message>
        <source>Contact s&amp;heet…</source>
        <translation>图片目录(&amp;H)…</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>关闭(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>剪切(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>Copy as it &amp;shows</source>
        <translation>合并复制(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>粘贴(&amp;P)</translation>
    </message>
    <message>
        <source>Paste &amp;in place</source>
        <translation>原位粘贴(&amp;I)</translation>
    </message>
    <message>
        <source>C&amp;lear</source>
        <translation>清除(&amp;L)</translation>
    </message>
    <message>
        <source>Fill &amp;with colour…</source>
        <translation>填充颜色(&amp;W)…</translation>
    </message>
    <message>
        <source>Pre&amp;ferences…</source>
        <translation>首选项(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Remove background</source>
        <translation>一键抠图(&amp;R)</translation>
    </message>
    <message>
        <source>Train a generator…</source>
        <translation>训练生成器…</translation>
    </message>
    <message>
        <source>E&amp;dit recipes…</source>
        <translation>编辑方案(&amp;D)…</translation>
    </message>
    <message>
        <source>&amp;Invert cut-out</source>
        <translation>反转抠图(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Grow cut-out</source>
        <translation>扩展边缘(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Shrink cut-out</source>
        <translation>收缩边缘(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Feather cut-out</source>
        <translation>羽化边缘(&amp;F)</translation>
    </message>
    <message>
        <source>Remove &amp;colour fringe</source>
        <translation>去杂边(&amp;C)</translation>
    </message>
    <message>
        <source>I&amp;mport mask…</source>
        <translation>导入蒙版(&amp;M)…</translation>
    </message>
    <message>
        <source>E&amp;xport mask…</source>
        <translation>导出蒙版(&amp;X)…</translation>
    </message>
    <message>
        <source>Cut-out on or &amp;off</source>
        <translation>启用或停用抠图(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Throw the cut-out away</source>
        <translation>撤掉抠图(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Duplicate</source>
        <translation>复制图层(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;New</source>
        <translation>新建(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Mask</source>
        <translation>蒙版(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Effects</source>
        <translation>效果(&amp;E)</translation>
    </message>
    <message>
        <source>L&amp;ock</source>
        <translation>锁定(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Arrange</source>
        <translation>排列(&amp;A)</translation>
    </message>
    <message>
        <source>Al&amp;ign</source>
        <translation>对齐(&amp;I)</translation>
    </message>
    <message>
        <source>T&amp;urn and flip</source>
        <translation>旋转和翻转(&amp;U)</translation>
    </message>
    <message>
        <source>Flip</source>
        <translation>翻转</translation>
    </message>
    <message>
        <source>C&amp;olours</source>
        <translation>颜色(&amp;O)</translation>
    </message>
    <message>
        <source>Fill with the foreground colour</source>
        <translation>用前景色填充</translation>
    </message>
    <message>
        <source>Fill with the background colour</source>
        <translation>用背景色填充</translation>
    </message>
    <message>
        <source>Swap colours</source>
        <translation>交换前景色和背景色</translation>
    </message>
    <message>
        <source>Black and white colours</source>
        <translation>恢复黑白两色</translation>
    </message>
    <message>
        <source>Empty layer</source>
        <translation>空白图层</translation>
    </message>
    <message>
        <source>Colour layer</source>
        <translation>纯色图层</translation>
    </message>
    <message>
        <source>Gradient layer</source>
        <translation>渐变图层</translation>
    </message>
    <message>
        <source>Pattern layer…</source>
        <translation>图案图层…</translation>
    </message>
    <message>
        <source>New layer from a &amp;cut</source>
        <translation>剪切为新图层(&amp;C)</translation>
    </message>
    <message>
        <source>De&amp;lete</source>
        <translation>删除图层(&amp;L)</translation>
    </message>
    <message>
        <source>Show or hide la&amp;yer</source>
        <translation>显示或隐藏图层(&amp;Y)</translation>
    </message>
    <message>
        <source>&amp;Group</source>
        <translation>编组(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Ungroup</source>
        <translation>取消编组(&amp;U)</translation>
    </message>
    <message>
        <source>Group on its o&amp;wn</source>
        <translation>组独立混合(&amp;W)</translation>
    </message>
    <message>
        <source>Cli&amp;p to the layer below</source>
        <translation>剪贴到下方图层(&amp;P)</translation>
    </message>
    <message>
        <source>Mask that shows all</source>
        <translation>全部显示的蒙版</translation>
    </message>
    <message>
        <source>Mask that hides all</source>
        <translation>全部隐藏的蒙版</translation>
    </message>
    <message>
        <source>Mask from the selection</source>
        <translation>用选区做蒙版</translation>
    </message>
    <message>
        <source>Mask from transparency</source>
        <translation>用透明区域做蒙版</translation>
    </message>
    <message>
        <source>Mask moves with its layer</source>
        <translation>蒙版随图层移动</translation>
    </message>
    <message>
        <source>Mask on or off</source>
        <translation>启用或停用蒙版</translation>
    </message>
    <message>
        <source>Apply mask for good</source>
        <translation>应用蒙版</translation>
    </message>
    <message>
        <source>Remove mask</source>
        <translation>删除蒙版</translation>
    </message>
    <message>
        <source>Drop shadow</source>
        <translation>投影</translation>
    </message>
    <message>
        <source>Contact shadow</source>
        <translation>接触阴影</translation>
    </message>
    <message>
        <source>Cast shadow</source>
        <translation>落影</translation>
    </message>
    <message>
        <source>Reflection</source>
        <translation>倒影</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>描边</translation>
    </message>
    <message>
        <source>Glow</source>
        <translation>发光</translation>
    </message>
    <message>
        <source>Colour overlay</source>
        <translation>颜色叠加</translation>
    </message>
    <message>
        <source>Copy effects</source>
        <translation>复制效果</translation>
    </message>
    <message>
        <source>Paste effects</source>
        <translation>粘贴效果</translation>
    </message>
    <message>
        <source>Remove effects</source>
        <translation>清除效果</translation>
    </message>
    <message>
        <source>&amp;Blend mode</source>
        <translation>混合模式(&amp;B)</translation>
    </message>
    <message>
        <source>Lock pixels</source>
        <translation>锁定像素</translation>
    </message>
    <message>
        <source>Lock position</source>
        <translation>锁定位置</translation>
    </message>
    <message>
        <source>Lock transparency</source>
        <translation>锁定透明区域</translation>
    </message>
    <message>
        <source>Raise</source>
        <translation>上移一层</translation>
    </message>
    <message>
        <source>Lower</source>
        <translation>下移一层</translation>
    </message>
    <message>
        <source>To the top</source>
        <translation>移到最上</translation>
    </message>
    <message>
        <source>To the bottom</source>
        <translation>移到最下</translation>
    </message>
    <message>
        <source>Align left</source>
        <translation>左对齐</translation>
    </message>
    <message>
        <source>Align centre</source>
        <translation>水平居中</translation>
    </message>
    <message>
        <source>Align right</source>
        <translation>右对齐</translation>
    </message>
    <message>
        <source>Align top</source>
        <translation>顶部对齐</translation>
    </message>
    <message>
        <source>Align middle</source>
        <translation>垂直居中</translation>
    </message>
    <message>
        <source>Align bottom</source>
        <translation>底部对齐</translation>
    </message>
    <message>
        <source>Same distance across</source>
        <translation>水平等距分布</translation>
    </message>
    <message>
        <source>Same distance down</source>
        <translation>垂直等距分布</translation>
    </message>
    <message>
        <source>Flip layer left to right</source>
        <translation>图层左右翻转</translation>
    </message>
    <message>
        <source>Flip layer upside down</source>
        <translation>图层上下翻转</translation>
    </message>
    <message>
        <source>Me&amp;rge</source>
        <translation>合并图层(&amp;R)</translation>
    </message>
    <message>
        <source>Merge what s&amp;hows</source>
        <translation>合并可见图层(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Flatten</source>
        <translation>拼合图像(&amp;F)</translation>
    </message>
    <message>
        <source>Ra&amp;sterise</source>
        <translation>栅格化(&amp;S)</translation>
    </message>
    <message>
        <source>Choose the layer abo&amp;ve</source>
        <translation>选择上一个图层(&amp;V)</translation>
    </message>
    <message>
        <source>Choose &amp;the layer below</source>
        <translation>选择下一个图层(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Tone</source>
        <translation>色调(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Colour</source>
        <translation>颜色(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Sharp and soft</source>
        <translation>锐化与柔化(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Auto tone</source>
        <translation>自动色调(&amp;A)</translation>
    </message>
    <message>
        <source>Auto c&amp;olour</source>
        <translation>自动颜色(&amp;O)</translation>
    </message>
    <message>
        <source>Auto &amp;white balance</source>
        <translation>自动白平衡(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Levels</source>
        <translation>色阶(&amp;L)</translation>
    </message>
    <message>
        <source>C&amp;urves</source>
        <translation>曲线(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Hue and saturation</source>
        <translation>色相/饱和度(&amp;H)</translation>
    </message>
    <message>
        <source>Colour &amp;balance</source>
        <translation>色彩平衡(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Recolour product</source>
        <translation>商品换色(&amp;R)</translation>
    </message>
    <message>
        <source>Brightness and contrast</source>
        <translation>亮度和对比度</translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation>曝光</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>Posterise</source>
        <translation>色调分离</translation>
    </message>
    <message>
        <source>Invert colours</source>
        <translation>反相</translation>
    </message>
    <message>
        <source>White balance</source>
        <translation>白平衡</translation>
    </message>
    <message>
        <source>Vibrance</source>
        <translation>自然饱和度</translation>
    </message>
    <message>
        <source>Black and white</source>
        <translation>黑白</translation>
    </message>
    <message>
        <source>Desaturate</source>
        <translation>去色</translation>
    </message>
    <message>
        <source>Photo filter</source>
        <translation>照片滤镜</translation>
    </message>
    <message>
        <source>Gradient map</source>
        <translation>渐变映射</translation>
    </message>
    <message>
        <source>Colour table…</source>
        <translation>颜色查找表（LUT）…</translation>
    </message>
    <message>
        <source>Sharpen</source>
        <translation>锐化</translation>
    </message>
    <message>
        <source>Less noise</source>
        <translation>降噪</translation>
    </message>
    <message>
        <source>Blur</source>
        <translation>虚化</translation>
    </message>
    <message>
        <source>&amp;Vignette</source>
        <translation>暗角(&amp;V)</translation>
    </message>
    <message>
        <source>Apply to the pi&amp;xels</source>
        <translation>应用到像素(&amp;X)</translation>
    </message>
    <message>
        <source>Snap &amp;to</source>
        <translation>对齐到(&amp;T)</translation>
    </message>
    <message>
        <source>Gui&amp;des</source>
        <translation>参考线(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Rulers</source>
        <translation>标尺(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Grid</source>
        <translation>网格(&amp;G)</translation>
    </message>
    <message>
        <source>Show guides</source>
        <translation>显示参考线</translation>
    </message>
    <message>
        <source>Lock guides</source>
        <translation>锁定参考线</translation>
    </message>
    <message>
        <source>New guide…</source>
        <translation>新建参考线…</translation>
    </message>
    <message>
        <source>Clear guides</source>
        <translation>清除参考线</translation>
    </message>
    <message>
        <source>&amp;Snap</source>
        <translation>对齐(&amp;S)</translation>
    </message>
    <message>
        <source>Guides</source>
        <translation>参考线</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>网格</translation>
    </message>
    <message>
        <source>Edges and middle of the picture</source>
        <translation>图片的边缘和中线</translation>
    </message>
    <message>
        <source>Other layers</source>
        <translation>其他图层</translation>
    </message>
    <message>
        <source>Grid and ru&amp;lers…</source>
        <translation>网格和标尺(&amp;L)…</translation>
    </message>
    <message>
        <source>Image si&amp;ze…</source>
        <translation>图片大小(&amp;Z)…</translation>
    </message>
    <message>
        <source>C&amp;anvas size…</source>
        <translation>画布大小(&amp;A)…</translation>
    </message>
    <message>
        <source>Turn left</source>
        <translation>向左旋转</translation>
    </message>
    <message>
        <source>Turn right</source>
        <translation>向右旋转</translation>
    </message>
    <message>
        <source>Turn by 180°</source>
        <translation>旋转 180°</translation>
    </message>
    <message>
        <source>Flip left to right</source>
        <translation>水平翻转</translation>
    </message>
    <message>
        <source>Flip upside down</source>
        <translation>垂直翻转</translation>
    </message>
    <message>
        <source>&amp;Batch export…</source>
        <translation>批量导出(&amp;B)…</translation>
    </message>
    <message>
        <source>Tra&amp;nsform</source>
        <translation>变换(&amp;N)</translation>
    </message>
    <message>
        <source>Transform handles of the Move tool</source>
        <translation>移动工具的变换控制点</translation>
    </message>
    <message>
        <source>&amp;Enhance…</source>
        <translation>变清晰(&amp;E)…</translation>
    </message>
    <message>
        <source>St&amp;yle…</source>
        <translation>风格(&amp;Y)…</translation>
    </message>
    <message>
        <source>Ge&amp;nerate…</source>
        <translation>生成(&amp;N)…</translation>
    </message>
    <message>
        <source>Apply reci&amp;pe</source>
        <translation>应用方案(&amp;P)</translation>
    </message>
    <message>
        <source>Sa&amp;ve as recipe…</source>
        <translation>存为方案(&amp;V)…</translation>
    </message>
    <message>
        <source>&amp;All</source>
        <translation>全部(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Deselect</source>
        <translation>取消选择(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Reselect</source>
        <translation>重新选择(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Inverse</source>
        <translation>反选(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Product</source>
        <translation>商品(&amp;P)</translation>
    </message>
    <message>
        <source>What shows of the &amp;layer</source>
        <translation>图层内容(&amp;L)</translation>
    </message>
    <message>
        <source>By &amp;colour…</source>
        <translation>按颜色(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;Grow…</source>
        <translation>扩展(&amp;G)…</translation>
    </message>
    <message>
        <source>&amp;Shrink…</source>
        <translation>收缩(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Feather…</source>
        <translation>羽化(&amp;F)…</translation>
    </message>
    <message>
        <source>S&amp;mooth…</source>
        <translation>平滑(&amp;M)…</translation>
    </message>
    <message>
        <source>&amp;Border…</source>
        <translation>边框(&amp;B)…</translation>
    </message>
    <message>
        <source>Sa&amp;ve as mask</source>
        <translation>存为蒙版(&amp;V)</translation>
    </message>
    <message>
        <source>L&amp;oad from mask</source>
        <translation>从蒙版载入(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Quick mask</source>
        <translation>快速蒙版(&amp;Q)</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>放大(&amp;I)</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>缩小(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Fit in window</source>
        <translation>适合窗口(&amp;F)</translation>
    </message>
    <message>
        <source>Actual &amp;pixels (100 %)</source>
        <translation>实际像素 100%(&amp;P)</translation>
    </message>
    <message>
        <source>View not turned</source>
        <translation>视图转正</translation>
    </message>
    <message>
        <source>&amp;Before / after</source>
        <translation>对比原图(&amp;B)</translation>
    </message>
    <message>
        <source>Hidden part in r&amp;ed</source>
        <translation>去掉的部分标红(&amp;E)</translation>
    </message>
    <message>
        <source>Next cut-out &amp;view</source>
        <translation>切换抠图查看方式(&amp;V)</translation>
    </message>
    <message>
        <source>E&amp;xtras: selection, guides, grid</source>
        <translation>选区、参考线和网格(&amp;X)</translation>
    </message>
    <message>
        <source>&amp;Histogram</source>
        <translation>直方图(&amp;H)</translation>
    </message>
    <message>
        <source>Show or hide p&amp;anels</source>
        <translation>显示或隐藏面板(&amp;A)</translation>
    </message>
    <message>
        <source>F&amp;ull screen</source>
        <translation>全屏(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Next picture</source>
        <translation>下一张图片(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Previous picture</source>
        <translation>上一张图片(&amp;P)</translation>
    </message>
    <message>
        <source>Next &amp;area</source>
        <translation>下一个区域(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Reset layout</source>
        <translation>恢复默认布局(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Search commands…</source>
        <translation>搜索命令(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation>快捷键(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Tour of the window</source>
        <translation>界面导览(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Report a problem…</source>
        <translation>报告问题(&amp;R)…</translation>
    </message>
    <message>
        <source>&amp;About ProdEdit</source>
        <translation>关于 ProdEdit(&amp;A)</translation>
    </message>
    <message>
        <source>Open a photo first.</source>
        <translation>请先打开一张照片。</translation>
    </message>
    <message>
        <source>Choose a layer that is a picture first.</source>
        <translation>请先选择一个图片图层。</translation>
    </message>
    <message>
        <source>Remove the background first.</source>
        <translation>请先抠图。</translation>
    </message>
    <message>
        <source>Select a part of the picture first.</source>
        <translation>请先选中图片的一部分。</translation>
    </message>
    <message>
        <source>There is no layer. Add one first.</source>
        <translation>这里还没有图层，请先新建一个。</translation>
    </message>
    <message>
        <source>Choose a group first.</source>
        <translation>请先选择一个组。</translation>
    </message>
    <message>
        <source>There is no layer below.</source>
        <translation>下方没有图层。</translation>
    </message>
    <message>
        <source>Choose two layers, a group, or a layer with another one below.</source>
        <translation>请选择两个图层、一个组，或一个下方还有图层的图层。</translation>
    </message>
    <message>
        <source>These layers are plain pixels already.</source>
        <translation>这些图层已经是普通像素。</translation>
    </message>
    <message>
        <source>This layer has a mask already.</source>
        <translation>这个图层已经有蒙版。</translation>
    </message>
    <message>
        <source>This layer has no mask.</source>
        <translation>这个图层没有蒙版。</translation>
    </message>
    <message>
        <source>This layer has no effects.</source>
        <translation>这个图层没有效果。</translation>
    </message>
    <message>
        <source>Choose an adjustment layer first.</source>
        <translation>请先选择一个调整图层。</translation>
    </message>
    <message>
        <source>Nothing was done yet.</source>
        <translation>还没有做过任何操作。</translation>
    </message>
    <message>
        <source>Nothing was undone.</source>
        <translation>没有撤销过任何操作。</translation>
    </message>
    <message>
        <source>S&amp;tars</source>
        <translation>星级(&amp;T)</translation>
    </message>
    <message>
        <source>Open &amp;folder…</source>
        <translation>打开文件夹(&amp;F)…</translation>
    </message>
    <message>
        <source>Simi&amp;lar pictures…</source>
        <translation>相似图片(&amp;L)…</translation>
    </message>
    <message>
        <source>&amp;Catalogue strip</source>
        <translation>图片栏(&amp;C)</translation>
    </message>
    <message>
        <source>Next picture of the f&amp;older</source>
        <translation>文件夹中下一张(&amp;O)</translation>
    </message>
    <message>
        <source>Previous picture of the fo&amp;lder</source>
        <translation>文件夹中上一张(&amp;L)</translation>
    </message>
    <message>
        <source>No stars</source>
        <translation>无星级</translation>
    </message>
    <message>
        <source>1 star</source>
        <translation>1 星</translation>
    </message>
    <message>
        <source>2 stars</source>
        <translation>2 星</translation>
    </message>
    <message>
        <source>3 stars</source>
        <translation>3 星</translation>
    </message>
    <message>
        <source>4 stars</source>
        <translation>4 星</translation>
    </message>
    <message>
        <source>5 stars</source>
        <translation>5 星</translation>
    </message>
    <message>
        <source>Loo&amp;k</source>
        <translation>外观(&amp;K)</translation>
    </message>
    <message>
        <source>Separate products…</source>
        <translation>分离多个商品…</translation>
    </message>
    <message>
        <source>Copy the look</source>
        <translation>复制外观</translation>
    </message>
    <message>
        <source>Paste the look</source>
        <translation>粘贴外观</translation>
    </message>
    <message>
        <source>Give it to all open pictures</source>
        <translation>应用到所有打开的图片</translation>
    </message>
    <message>
        <source>Give it to the chosen pictures of the strip…</source>
        <translation>应用到图片条中选中的图片…</translation>
    </message>
</context>
<context>
    <name>Adjust</name>
    <message>
        <source>Exposure</source>
        <translation>曝光</translation>
    </message>
    <message>
        <source>Offset</source>
        <translation>位移</translation>
    </message>
    <message>
        <source>Gamma</source>
        <translation>灰度系数</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>亮度</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>对比度</translation>
    </message>
    <message>
        <source>Temperature (blue – yellow)</source>
        <translation>色温（蓝 – 黄）</translation>
    </message>
    <message>
        <source>Tint (green – magenta)</source>
        <translation>色调（绿 – 品红）</translation>
    </message>
    <message>
        <source>Vibrance</source>
        <translation>自然饱和度</translation>
    </message>
    <message>
        <source>Saturation</source>
        <translation>饱和度</translation>
    </message>
    <message>
        <source>Colour of the filter</source>
        <translation>滤镜颜色</translation>
    </message>
    <message>
        <source>Density</source>
        <translation>浓度</translation>
    </message>
    <message>
        <source>Keep the lightness</source>
        <translation>保留明度</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>级数</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Radius</source>
        <translation>半径</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>Noise of lightness</source>
        <translation>亮度噪点</translation>
    </message>
    <message>
        <source>Noise of colour</source>
        <translation>颜色噪点</translation>
    </message>
    <message>
        <source>Amount (dark – light)</source>
        <translation>数量（暗 – 亮）</translation>
    </message>
    <message>
        <source>Where it begins</source>
        <translation>起始位置</translation>
    </message>
    <message>
        <source>Roundness</source>
        <translation>圆度</translation>
    </message>
    <message>
        <source>Softness</source>
        <translation>柔和度</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>灰色</translation>
    </message>
    <message>
        <source>Sepia</source>
        <translation>怀旧</translation>
    </message>
    <message>
        <source>Cold</source>
        <translation>冷色</translation>
    </message>
    <message>
        <source>Warm</source>
        <translation>暖色</translation>
    </message>
    <message>
        <source>Two tones</source>
        <translation>双色调</translation>
    </message>
    <message>
        <source>Night</source>
        <translation>夜色</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>红</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>绿</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>蓝</translation>
    </message>
    <message>
        <source>Tone</source>
        <translation>色调</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>White balance</source>
        <translation>白平衡</translation>
    </message>
    <message>
        <source>Hue, saturation</source>
        <translation>色相/饱和度</translation>
    </message>
    <message>
        <source>Choose a colour table</source>
        <translation>选择颜色表</translation>
    </message>
    <message>
        <source>Colour tables (*.cube)</source>
        <translation>颜色表 (*.cube)</translation>
    </message>
    <message>
        <source>All colours</source>
        <translation>全部颜色</translation>
    </message>
    <message>
        <source>Reds</source>
        <translation>红色</translation>
    </message>
    <message>
        <source>Yellows</source>
        <translation>黄色</translation>
    </message>
    <message>
        <source>Greens</source>
        <translation>绿色</translation>
    </message>
    <message>
        <source>Cyans</source>
        <translation>青色</translation>
    </message>
    <message>
        <source>Blues</source>
        <translation>蓝色</translation>
    </message>
    <message>
        <source>Magentas</source>
        <translation>品红</translation>
    </message>
    <message>
        <source>Shadows</source>
        <translation>阴影</translation>
    </message>
    <message>
        <source>Midtones</source>
        <translation>中间调</translation>
    </message>
    <message>
        <source>Highlights</source>
        <translation>高光</translation>
    </message>
    <message>
        <source>Hue</source>
        <translation>色相</translation>
    </message>
    <message>
        <source>Lightness</source>
        <translation>明度</translation>
    </message>
    <message>
        <source>Cyan – red</source>
        <translation>青 – 红</translation>
    </message>
    <message>
        <source>Magenta – green</source>
        <translation>品红 – 绿</translation>
    </message>
    <message>
        <source>Yellow – blue</source>
        <translation>黄 – 蓝</translation>
    </message>
    <message>
        <source>One colour for everything</source>
        <translation>着色（统一为一种颜色）</translation>
    </message>
    <message>
        <source>Warming (85)</source>
        <translation>加温滤镜 (85)</translation>
    </message>
    <message>
        <source>Warming (LBA)</source>
        <translation>加温滤镜 (LBA)</translation>
    </message>
    <message>
        <source>Warming (81)</source>
        <translation>加温滤镜 (81)</translation>
    </message>
    <message>
        <source>Cooling (80)</source>
        <translation>冷却滤镜 (80)</translation>
    </message>
    <message>
        <source>Cooling (LBB)</source>
        <translation>冷却滤镜 (LBB)</translation>
    </message>
    <message>
        <source>Cooling (82)</source>
        <translation>冷却滤镜 (82)</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>橙</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>黄</translation>
    </message>
    <message>
        <source>Cyan</source>
        <translation>青</translation>
    </message>
    <message>
        <source>Violet</source>
        <translation>紫</translation>
    </message>
    <message>
        <source>Magenta</source>
        <translation>洋红</translation>
    </message>
    <message>
        <source>Deep red</source>
        <translation>深红</translation>
    </message>
    <message>
        <source>Deep yellow</source>
        <translation>深黄</translation>
    </message>
    <message>
        <source>Deep emerald</source>
        <translation>深祖母绿</translation>
    </message>
    <message>
        <source>Deep blue</source>
        <translation>深蓝</translation>
    </message>
    <message>
        <source>Underwater</source>
        <translation>水下</translation>
    </message>
</context>
<context>
    <name>AdjustCommands</name>
    <message>
        <source>Desaturate</source>
        <translation>去色</translation>
    </message>
</context>
<context>
    <name>AdjustPanel</name>
    <message>
        <source>Folder for the variants</source>
        <translation>多色版本的保存文件夹</translation>
    </message>
</context>
<context>
    <name>Adjustment</name>
    <message>
        <source>Brightness and contrast</source>
        <translation>亮度和对比度</translation>
    </message>
    <message>
        <source>Levels</source>
        <translation>色阶</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation>曝光</translation>
    </message>
    <message>
        <source>White balance</source>
        <translation>白平衡</translation>
    </message>
    <message>
        <source>Hue and saturation</source>
        <translation>色相/饱和度</translation>
    </message>
    <message>
        <source>Vibrance</source>
        <translation>自然饱和度</translation>
    </message>
    <message>
        <source>Colour balance</source>
        <translation>色彩平衡</translation>
    </message>
    <message>
        <source>Black and white</source>
        <translation>黑白</translation>
    </message>
    <message>
        <source>Photo filter</source>
        <translation>照片滤镜</translation>
    </message>
    <message>
        <source>Gradient map</source>
        <translation>渐变映射</translation>
    </message>
    <message>
        <source>Invert colours</source>
        <translation>反相</translation>
    </message>
    <message>
        <source>Posterise</source>
        <translation>色调分离</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>Sharpen</source>
        <translation>锐化</translation>
    </message>
    <message>
        <source>Less noise</source>
        <translation>降噪</translation>
    </message>
    <message>
        <source>Blur</source>
        <translation>虚化</translation>
    </message>
    <message>
        <source>Vignette</source>
        <translation>暗角</translation>
    </message>
    <message>
        <source>Colour table</source>
        <translation>颜色查找表</translation>
    </message>
    <message>
        <source>Recolour</source>
        <translation>换颜色</translation>
    </message>
    <message>
        <source>Auto tone</source>
        <translation>自动色调</translation>
    </message>
    <message>
        <source>Auto colour</source>
        <translation>自动颜色</translation>
    </message>
    <message>
        <source>Auto white balance</source>
        <translation>自动白平衡</translation>
    </message>
</context>
<context>
    <name>AidCommands</name>
    <message>
        <source>Clear guides</source>
        <translation>清除参考线</translation>
    </message>
</context>
<context>
    <name>AlikeRow</name>
    <message>
        <source>Make alike</source>
        <translation>统一外观</translation>
    </message>
    <message>
        <source>Each by itself</source>
        <translation>各自处理</translation>
    </message>
    <message>
        <source>Those of one folder</source>
        <translation>同一文件夹的</translation>
    </message>
    <message>
        <source>All of them</source>
        <translation>全部图片</translation>
    </message>
    <message>
        <source>By the table</source>
        <translation>按表格分组</translation>
    </message>
    <message>
        <source>Pictures that belong together get the same light, and their products sizes that go together. All of them are looked at before the first file is made. A table names groups in its column “group”.</source>
        <translation>同一组的图片会有一致的明暗和白色，商品大小也会协调。生成第一个文件之前，会先看完整组图片。表格用“group”列写明分组。</translation>
    </message>
    <message>
        <source>Sizes</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>Same fill</source>
        <translation>占比相同</translation>
    </message>
    <message>
        <source>True to size</source>
        <translation>保持真实大小</translation>
    </message>
    <message>
        <source>Same fill: each product fills its frame. True to size: what is smaller in the photos stays so, for photos taken from the same distance.</source>
        <translation>占比相同：每件商品都占满画面。保持真实大小：照片中较小的商品仍然较小，适用于在同一距离拍摄的照片。</translation>
    </message>
</context>
<context>
    <name>Announcer</name>
    <message>
        <source>New layer</source>
        <translation>新建图层</translation>
    </message>
    <message>
        <source>The model {title} is not on this computer yet.</source>
        <translation>本机还没有模型“{title}”。</translation>
    </message>
    <message>
        <source>Get it now</source>
        <translation>现在下载</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>图层</translation>
    </message>
    <message>
        <source>The model {title} is here now.</source>
        <translation>模型“{title}”已就绪。</translation>
    </message>
    <message>
        <source>Not on this computer: {fonts}. Another font is shown until you choose one.</source>
        <translation>这台电脑上没有字体：{fonts}。在您另选字体之前，先用别的字体显示。</translation>
    </message>
    <message>
        <source>Open what is left</source>
        <translation>打开剩余部分</translation>
    </message>
    <message>
        <source>Exporting {name}…</source>
        <translation>正在导出 {name}…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Exported: {name}, {size}</source>
        <translation>已导出：{name}，{size}</translation>
    </message>
    <message>
        <source>Saved: {name}</source>
        <translation>已保存：{name}</translation>
    </message>
    <message>
        <source>A copy was saved: {name}</source>
        <translation>副本已保存：{name}</translation>
    </message>
    <message>
        <source>The layer was changed in the meantime, so the result was not put on it.</source>
        <translation>处理期间图层有改动，结果没有直接放上去。</translation>
    </message>
    <message>
        <source>Add as new layer</source>
        <translation>添加为新图层</translation>
    </message>
</context>
<context>
    <name>ArrangingCommands</name>
    <message>
        <source>Distribute</source>
        <translation>分布</translation>
    </message>
    <message>
        <source>Align</source>
        <translation>对齐</translation>
    </message>
</context>
<context>
    <name>BackdropSection</name>
    <message>
        <source>Background</source>
        <translation>背景</translation>
    </message>
    <message>
        <source>Transparent</source>
        <translation>透明</translation>
    </message>
    <message>
        <source>New background</source>
        <translation>换背景</translation>
    </message>
    <message>
        <source>White</source>
        <translation>白底</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>纯色</translation>
    </message>
    <message>
        <source>Gradient</source>
        <translation>渐变</translation>
    </message>
    <message>
        <source>Picture…</source>
        <translation>图片…</translation>
    </message>
    <message>
        <source>Blur</source>
        <translation>虚化</translation>
    </message>
    <message>
        <source>Background colour</source>
        <translation>背景颜色</translation>
    </message>
    <message>
        <source>Upper colour</source>
        <translation>上方颜色</translation>
    </message>
    <message>
        <source>Lower colour</source>
        <translation>下方颜色</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>方向</translation>
    </message>
    <message>
        <source>Remove the background first.</source>
        <translation>请先抠图，再换背景。</translation>
    </message>
    <message>
        <source>Pictures ({patterns})</source>
        <translation>图片 ({patterns})</translation>
    </message>
    <message>
        <source>Picture for the background</source>
        <translation>选择背景图片</translation>
    </message>
</context>
<context>
    <name>Batch</name>
    <message>
        <source>Photo</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Cut-out</source>
        <translation>抠图</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>正在读取</translation>
    </message>
    <message>
        <source>Cutting out</source>
        <translation>正在抠图</translation>
    </message>
    <message>
        <source>Making files</source>
        <translation>正在生成文件</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>正在检查</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>{preset}: {outcome} ({why})</source>
        <translation>{preset}：{outcome}（{why}）</translation>
    </message>
    <message>
        <source>{preset}: {outcome}</source>
        <translation>{preset}：{outcome}</translation>
    </message>
    <message>
        <source>{count} s</source>
        <translation>{count} 秒</translation>
    </message>
    <message>
        <source>{count} min</source>
        <translation>{count} 分钟</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} 小时 {minutes} 分钟</translation>
    </message>
    <message>
        <source>{done} of {total} done</source>
        <translation>已完成 {done} / {total}</translation>
    </message>
    <message>
        <source>{count} failed</source>
        <translation>{count} 张失败</translation>
    </message>
    <message>
        <source>{count} to be looked at</source>
        <translation>{count} 张待查看</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>还需 {time}</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
</context>
<context>
    <name>BatchDesk</name>
    <message>
        <source>Batch export: {sum}</source>
        <translation>批量导出：{sum}</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Report written: {name}</source>
        <translation>报告已写入：{name}</translation>
    </message>
</context>
<context>
    <name>BatchFoot</name>
    <message>
        <source>New batch</source>
        <translation>新的批次</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Report…</source>
        <translation>报告…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Go on with what was begun</source>
        <translation>接着做上次没做完的</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
</context>
<context>
    <name>BatchForm</name>
    <message>
        <source>Recipe</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>Cut-outs</source>
        <translation>抠图</translation>
    </message>
    <message>
        <source>Look at doubtful ones</source>
        <translation>没把握的先看一下</translation>
    </message>
    <message>
        <source>Look at all of them</source>
        <translation>全部先看一下</translation>
    </message>
    <message>
        <source>Trust all of them</source>
        <translation>全部直接采用</translation>
    </message>
    <message>
        <source>Folder for the files</source>
        <translation>存放文件的文件夹</translation>
    </message>
    <message>
        <source>Save to</source>
        <translation>保存到</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>No recipe</source>
        <translation>不用方案</translation>
    </message>
    <message>
        <source>Choose a recipe, or where the pictures are for.</source>
        <translation>请选择一个方案，或图片要用的平台。</translation>
    </message>
    <message>
        <source>Choose the folder that the files go to.</source>
        <translation>请选择存放文件的文件夹。</translation>
    </message>
    <message>
        <source>Choose the table that names the groups, under More.</source>
        <translation>请在“更多”中选择写明分组的表格。</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>文件名</translation>
    </message>
    <message>
        <source>{stem}: the photo&apos;s name. {preset}: the marketplace. {n}: a number. Columns of a table, such as {sku}. A slash makes folders.</source>
        <translation>{stem}：照片名。{preset}：平台。{n}：编号。还可以用表格里的列，例如 {sku}。斜杠会建立文件夹。</translation>
    </message>
    <message>
        <source>CSV file with names</source>
        <translation>带名称的 CSV 文件</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Choose a table</source>
        <translation>选择表格</translation>
    </message>
    <message>
        <source>Files that are there</source>
        <translation>已有的文件</translation>
    </message>
    <message>
        <source>Number the new ones</source>
        <translation>给新文件编号</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Replace them</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Enlarge small photos by a network</source>
        <translation>用网络放大太小的照片</translation>
    </message>
    <message>
        <source>Write the recipe beside each file</source>
        <translation>在每个文件旁写下方案</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>For</source>
        <translation>用于</translation>
    </message>
    <message>
        <source>Make alike</source>
        <translation>统一外观</translation>
    </message>
    <message>
        <source>Tables (*.csv *.txt *.tsv)</source>
        <translation>表格 (*.csv *.txt *.tsv)</translation>
    </message>
</context>
<context>
    <name>BatchPictures</name>
    <message>
        <source>Pictures of the batch</source>
        <translation>批次中的图片</translation>
    </message>
    <message>
        <source>Show only some pictures</source>
        <translation>筛选图片</translation>
    </message>
    <message>
        <source>All pictures</source>
        <translation>全部图片</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Fails a preset</source>
        <translation>不符合平台规格</translation>
    </message>
    <message>
        <source>To be looked at</source>
        <translation>待检查</translation>
    </message>
    <message>
        <source>Not done yet</source>
        <translation>还没做完</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
</context>
<context>
    <name>BatchReport</name>
    <message>
        <source>Batch report</source>
        <translation>批处理报告</translation>
    </message>
    <message>
        <source>Check report</source>
        <translation>检查报告</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Cut-out</source>
        <translation>抠图</translation>
    </message>
    <message>
        <source>corrected by hand</source>
        <translation>已手工修正</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>not done yet</source>
        <translation>尚未处理</translation>
    </message>
    <message>
        <source>with a file that fails its preset</source>
        <translation>有文件不符合预设</translation>
    </message>
    <message>
        <source>passes</source>
        <translation>合格</translation>
    </message>
    <message>
        <source>fails</source>
        <translation>不合格</translation>
    </message>
    <message>
        <source>please confirm</source>
        <translation>请确认</translation>
    </message>
    <message>
        <source>For every picture, please confirm:</source>
        <translation>每张图片都请确认：</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
</context>
<context>
    <name>BatchState</name>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>At work</source>
        <translation>处理中</translation>
    </message>
    <message>
        <source>To be looked at</source>
        <translation>待检查</translation>
    </message>
    <message>
        <source>Waits for its group</source>
        <translation>等待同组图片</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>已确认</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>已跳过</translation>
    </message>
</context>
<context>
    <name>BatchWindow</name>
    <message>
        <source>Batch export</source>
        <translation>批量导出</translation>
    </message>
    <message>
        <source>All pictures in a folder are done, and in the folders below it; your photos stay as they are. You may go on working meanwhile.</source>
        <translation>文件夹及其子文件夹里的图片都会处理；您的照片保持原样。处理时您可以继续工作。</translation>
    </message>
    <message>
        <source>To be looked at</source>
        <translation>待检查</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Looking for pictures…</source>
        <translation>正在查找图片…</translation>
    </message>
    <message>
        <source>The table names pictures that there are not: {names}</source>
        <translation>表格里有找不到的图片：{names}</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
</context>
<context>
    <name>BlackAndWhiteSection</name>
    <message>
        <source>Tint the result</source>
        <translation>给结果着色</translation>
    </message>
    <message>
        <source>Colour of the tint</source>
        <translation>着色颜色</translation>
    </message>
</context>
<context>
    <name>BlendMode</name>
    <message>
        <source>Normal</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>Darken</source>
        <translation>变暗</translation>
    </message>
    <message>
        <source>Multiply</source>
        <translation>正片叠底</translation>
    </message>
    <message>
        <source>Colour burn</source>
        <translation>颜色加深</translation>
    </message>
    <message>
        <source>Linear burn</source>
        <translation>线性加深</translation>
    </message>
    <message>
        <source>Darker colour</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Lighten</source>
        <translation>变亮</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>滤色</translation>
    </message>
    <message>
        <source>Colour dodge</source>
        <translation>颜色减淡</translation>
    </message>
    <message>
        <source>Linear dodge (add)</source>
        <translation>线性减淡（添加）</translation>
    </message>
    <message>
        <source>Lighter colour</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Overlay</source>
        <translation>叠加</translation>
    </message>
    <message>
        <source>Soft light</source>
        <translation>柔光</translation>
    </message>
    <message>
        <source>Hard light</source>
        <translation>强光</translation>
    </message>
    <message>
        <source>Vivid light</source>
        <translation>亮光</translation>
    </message>
    <message>
        <source>Linear light</source>
        <translation>线性光</translation>
    </message>
    <message>
        <source>Pin light</source>
        <translation>点光</translation>
    </message>
    <message>
        <source>Hard mix</source>
        <translation>实色混合</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差值</translation>
    </message>
    <message>
        <source>Exclusion</source>
        <translation>排除</translation>
    </message>
    <message>
        <source>Subtract</source>
        <translation>减去</translation>
    </message>
    <message>
        <source>Divide</source>
        <translation>划分</translation>
    </message>
    <message>
        <source>Hue</source>
        <translation>色相</translation>
    </message>
    <message>
        <source>Saturation</source>
        <translation>饱和度</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Luminosity</source>
        <translation>明度</translation>
    </message>
</context>
<context>
    <name>BugReport</name>
    <message>
        <source>Report a problem</source>
        <translation>报告问题</translation>
    </message>
    <message>
        <source>This says what computer and what program you have, and what went wrong lately. It holds no picture, but names of files may be in it. Nothing is sent: save it, and add it to your report.</source>
        <translation>这里说明您的电脑和程序版本，以及最近出现的问题。不含图片，但可能含文件名。不会发送任何内容：请保存后附到您的问题报告中。</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>已复制。</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>已保存。</translation>
    </message>
</context>
<context>
    <name>Canvas</name>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
</context>
<context>
    <name>CanvasSize</name>
    <message>
        <source>Upper left</source>
        <translation>左上</translation>
    </message>
    <message>
        <source>Top</source>
        <translation>上</translation>
    </message>
    <message>
        <source>Upper right</source>
        <translation>右上</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>左对齐</translation>
    </message>
    <message>
        <source>Middle</source>
        <translation>中间</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>右对齐</translation>
    </message>
    <message>
        <source>Lower left</source>
        <translation>左下</translation>
    </message>
    <message>
        <source>Bottom</source>
        <translation>下</translation>
    </message>
    <message>
        <source>Lower right</source>
        <translation>右下</translation>
    </message>
</context>
<context>
    <name>CanvasSizeDialog</name>
    <message>
        <source>Canvas size</source>
        <translation>画布大小</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>As much more or less</source>
        <translation>按增减量输入</translation>
    </message>
    <message>
        <source>The picture stays</source>
        <translation>图片位置</translation>
    </message>
    <message>
        <source>Change canvas</source>
        <translation>更改画布</translation>
    </message>
    <message>
        <source>{before} becomes {after} ({megapixels} megapixels)</source>
        <translation>{before} 变为 {after}（{megapixels} 百万像素）</translation>
    </message>
</context>
<context>
    <name>CarryDialog</name>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Take along to another computer</source>
        <translation>带到另一台电脑</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>All of it goes into one file. Pictures do not, nor does where yours are. Bring the file in there by these preferences.</source>
        <translation>全部内容存入一个文件，不含图片，也不含图片所在位置。在另一台电脑的首选项中导入该文件即可。</translation>
    </message>
    <message>
        <source>Bring in from another computer</source>
        <translation>从另一台电脑导入</translation>
    </message>
    <message>
        <source>Bring in</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>What is here already stays; what has the same name comes beside it. The settings take the place of those here.</source>
        <translation>这里已有的内容会保留；同名的会并列存放。设置会替换这里的设置。</translation>
    </message>
    <message>
        <source>Settings and keys</source>
        <translation>设置和快捷键</translation>
    </message>
    <message>
        <source>Own recipes ({count})</source>
        <translation>自己的方案（{count}）</translation>
    </message>
    <message>
        <source>Own presets ({count})</source>
        <translation>自己的预设（{count}）</translation>
    </message>
    <message>
        <source>Own generators ({count}, {size} MB)</source>
        <translation>自己的生成器（{count} 个，{size} MB）</translation>
    </message>
    <message>
        <source>Networks ({size} MB)</source>
        <translation>模型（{size} MB）</translation>
    </message>
    <message>
        <source>ProdEdit for another computer</source>
        <translation>供另一台电脑使用的 ProdEdit 文件</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>It is saved.</source>
        <translation>已保存。</translation>
    </message>
    <message>
        <source>{new} files are new here, {same} were here already, {beside} lie beside.</source>
        <translation>新增 {new} 个文件，{same} 个已存在，{beside} 个并列存放。</translation>
    </message>
</context>
<context>
    <name>Catalogue</name>
    <message>
        <source>All pictures</source>
        <translation>全部图片</translation>
    </message>
    <message>
        <source>Edited</source>
        <translation>已编辑</translation>
    </message>
    <message>
        <source>Not edited</source>
        <translation>未编辑</translation>
    </message>
    <message>
        <source>Exported</source>
        <translation>已导出</translation>
    </message>
    <message>
        <source>Not exported</source>
        <translation>未导出</translation>
    </message>
    <message>
        <source>Fails a preset</source>
        <translation>不符合平台规格</translation>
    </message>
    <message>
        <source>Can&apos;t be read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>File size</source>
        <translation>文件大小</translation>
    </message>
    <message>
        <source>Stars</source>
        <translation>星级</translation>
    </message>
    <message>
        <source>Edited: {name}</source>
        <translation>已编辑：{name}</translation>
    </message>
    <message>
        <source>Exported: {name}</source>
        <translation>已导出：{name}</translation>
    </message>
    <message>
        <source>{count} stars</source>
        <translation>{count} 星</translation>
    </message>
    <message>
        <source>edited</source>
        <translation>已编辑</translation>
    </message>
    <message>
        <source>exported</source>
        <translation>已导出</translation>
    </message>
    <message>
        <source>Fails “{preset}”: {rules}</source>
        <translation>不符合“{preset}”：{rules}</translation>
    </message>
</context>
<context>
    <name>CatalogueDesk</name>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>The first {count} of {all} pictures are opened.</source>
        <translation>共 {all} 张图片，已打开前 {count} 张。</translation>
    </message>
    <message>
        <source>There are more than {count} pictures in this folder; these are shown.</source>
        <translation>此文件夹中的图片超过 {count} 张，只显示这些。</translation>
    </message>
    <message>
        <source>You are not allowed to look into: {names}.</source>
        <translation>无权查看：{names}。</translation>
    </message>
</context>
<context>
    <name>CatalogueStrip</name>
    <message>
        <source>Show only some pictures</source>
        <translation>筛选图片</translation>
    </message>
    <message>
        <source>Order of the pictures</source>
        <translation>图片排序</translation>
    </message>
    <message>
        <source>Fold the strip away</source>
        <translation>收起图片栏</translation>
    </message>
    <message>
        <source>Close the folder</source>
        <translation>关闭文件夹</translation>
    </message>
    <message>
        <source>Show the pictures</source>
        <translation>展开图片栏</translation>
    </message>
    <message>
        <source>{shown} of {count}</source>
        <translation>{count} 中的 {shown}</translation>
    </message>
    <message>
        <source>Looking into “{name}”…</source>
        <translation>正在查看“{name}”…</translation>
    </message>
    <message>
        <source>Open another folder…</source>
        <translation>打开其他文件夹…</translation>
    </message>
    <message>
        <source>No picture fits what is asked for.</source>
        <translation>没有符合条件的图片。</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>全部显示</translation>
    </message>
    <message>
        <source>There are no pictures in “{name}”.</source>
        <translation>“{name}”中没有图片。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Show only pictures with this name</source>
        <translation>按名称筛选图片</translation>
    </message>
    <message>
        <source>Catalogue</source>
        <translation>图片栏</translation>
    </message>
    <message>
        <source>{stars} or more</source>
        <translation>{stars} 及以上</translation>
    </message>
    <message>
        <source>Any number of stars</source>
        <translation>不限星级</translation>
    </message>
    <message>
        <source>Ascending</source>
        <translation>升序</translation>
    </message>
    <message>
        <source>Descending</source>
        <translation>降序</translation>
    </message>
</context>
<context>
    <name>ChangePage</name>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>The photo</source>
        <translation>原照片</translation>
    </message>
    <message>
        <source>As generated</source>
        <translation>生成的样子</translation>
    </message>
    <message>
        <source>What is shown</source>
        <translation>显示内容</translation>
    </message>
    <message>
        <source>How different</source>
        <translation>差别</translation>
    </message>
    <message>
        <source>More like this</source>
        <translation>再来几张类似的</translation>
    </message>
    <message>
        <source>Choose a picture under “Pictures” first.</source>
        <translation>请先在“图片”里选一张。</translation>
    </message>
    <message>
        <source>Others like it</source>
        <translation>类似的图片</translation>
    </message>
    <message>
        <source>Back to the picture before</source>
        <translation>回到上一张</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Take out of the favourites</source>
        <translation>取消收藏</translation>
    </message>
    <message>
        <source>Keep as a favourite</source>
        <translation>收藏</translation>
    </message>
</context>
<context>
    <name>Check</name>
    <message>
        <source>official</source>
        <translation>官方</translation>
    </message>
    <message>
        <source>not the marketplace&apos;s own</source>
        <translation>非平台官方</translation>
    </message>
    <message>
        <source>unchecked</source>
        <translation>未核实</translation>
    </message>
    <message>
        <source> or </source>
        <translation> 或 </translation>
    </message>
    <message>
        <source>your own rule</source>
        <translation>你自己的规则</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>only told</source>
        <translation>仅告知</translation>
    </message>
    <message>
        <source>at least {low}</source>
        <translation>至少 {low}</translation>
    </message>
    <message>
        <source>at most {high}</source>
        <translation>至多 {high}</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low} 至 {high}</translation>
    </message>
    <message>
        <source>{count} levels</source>
        <translation>{count} 级</translation>
    </message>
</context>
<context>
    <name>CheckDesk</name>
    <message>
        <source>Check: {sum}</source>
        <translation>检查：{sum}</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Report written: {name}</source>
        <translation>报告已写入：{name}</translation>
    </message>
</context>
<context>
    <name>CheckFoot</name>
    <message>
        <source>New check</source>
        <translation>重新检查</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Report…</source>
        <translation>报告…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Fix all that can be fixed…</source>
        <translation>修正所有能修正的…</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
</context>
<context>
    <name>CheckPage</name>
    <message>
        <source>Choose a row to see each rule.</source>
        <translation>选择一行可查看每条规则。</translation>
    </message>
    <message>
        <source>Fails: {rule} ({count})</source>
        <translation>不合格：{rule}（{count}）</translation>
    </message>
    <message>
        <source>{picture}: {preset}</source>
        <translation>{picture}：{preset}</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Pictures that were checked</source>
        <translation>检查过的图片</translation>
    </message>
    <message>
        <source>Show only some rows</source>
        <translation>只显示部分行</translation>
    </message>
    <message>
        <source>All rows</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Fails</source>
        <translation>不合格</translation>
    </message>
    <message>
        <source>Please look</source>
        <translation>请看一下</translation>
    </message>
    <message>
        <source>Passes</source>
        <translation>合格</translation>
    </message>
    <message>
        <source>Can be fixed</source>
        <translation>可修正</translation>
    </message>
    <message>
        <source>Fixed</source>
        <translation>已修正</translation>
    </message>
    <message>
        <source>Broken</source>
        <translation>已损坏</translation>
    </message>
</context>
<context>
    <name>CheckSource</name>
    <message>
        <source>a sign of a poor photo, no rule of the marketplace</source>
        <translation>照片质量提示，并非平台规则</translation>
    </message>
    <message>
        <source>remembered</source>
        <translation>凭经验</translation>
    </message>
</context>
<context>
    <name>CheckTable</name>
    <message>
        <source>Photo</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>For</source>
        <translation>用于</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>What fails</source>
        <translation>不合格的项目</translation>
    </message>
    <message>
        <source>Fixed</source>
        <translation>已修正</translation>
    </message>
    <message>
        <source>Broken</source>
        <translation>已损坏</translation>
    </message>
</context>
<context>
    <name>CheckWindow</name>
    <message>
        <source>Check for marketplaces</source>
        <translation>按平台规格检查</translation>
    </message>
    <message>
        <source>Own presets…</source>
        <translation>自己的预设…</translation>
    </message>
    <message>
        <source>All pictures in a folder are checked, and in the folders below it; none of them is changed. You may go on working meanwhile.</source>
        <translation>文件夹及其子文件夹里的所有图片都会检查，原图不会改动。检查时你可以继续工作。</translation>
    </message>
    <message>
        <source>For</source>
        <translation>用于</translation>
    </message>
    <message>
        <source>Looking for pictures…</source>
        <translation>正在查找图片…</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Folder for the fixed pictures</source>
        <translation>修正后的图片保存到</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>已停止。</translation>
    </message>
    <message>
        <source>Choose what the pictures are for.</source>
        <translation>请选择图片用于哪些平台。</translation>
    </message>
    <message>
        <source>{fails} fail, {confirm} to be looked at, {passes} pass</source>
        <translation>{fails} 项不合格，{confirm} 项待确认，{passes} 项合格</translation>
    </message>
    <message>
        <source>{done} of {total} pictures</source>
        <translation>第 {done} 张，共 {total} 张</translation>
    </message>
</context>
<context>
    <name>CheckWord</name>
    <message>
        <source>opaque</source>
        <translation>不透明</translation>
    </message>
    <message>
        <source>transparent</source>
        <translation>透明</translation>
    </message>
    <message>
        <source>fits</source>
        <translation>相符</translation>
    </message>
    <message>
        <source>does not fit</source>
        <translation>不符</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>grey</source>
        <translation>灰度</translation>
    </message>
    <message>
        <source>indexed</source>
        <translation>索引色</translation>
    </message>
</context>
<context>
    <name>ClipboardCommands</name>
    <message>
        <source>Cut</source>
        <translation>剪切</translation>
    </message>
    <message>
        <source>Pasted picture</source>
        <translation>粘贴的图片</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
</context>
<context>
    <name>ColourBar</name>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Tolerance</source>
        <translation>容差</translation>
    </message>
</context>
<context>
    <name>ColourPairBox</name>
    <message>
        <source>Black and white</source>
        <translation>恢复黑白</translation>
    </message>
    <message>
        <source>Swap colours</source>
        <translation>交换前景色和背景色</translation>
    </message>
    <message>
        <source>Foreground colour</source>
        <translation>前景色</translation>
    </message>
    <message>
        <source>Background colour</source>
        <translation>背景色</translation>
    </message>
</context>
<context>
    <name>CommandSearch</name>
    <message>
        <source>What do you want to do?</source>
        <translation>想做什么？</translation>
    </message>
    <message>
        <source>Search commands</source>
        <translation>搜索命令</translation>
    </message>
    <message>
        <source>No command is called that.</source>
        <translation>没有这个命令。</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Apply recipe: {name}</source>
        <translation>应用方案：{name}</translation>
    </message>
</context>
<context>
    <name>Controls</name>
    <message>
        <source>All adjustments</source>
        <translation>全部调整</translation>
    </message>
    <message>
        <source>As it was at first</source>
        <translation>恢复初始值</translation>
    </message>
    <message>
        <source>Remove this adjustment</source>
        <translation>移除此调整</translation>
    </message>
    <message>
        <source>This layer is locked. Unlock it to change it.</source>
        <translation>此图层已锁定。请先解锁再修改。</translation>
    </message>
    <message>
        <source>Only this layer</source>
        <translation>仅此图层</translation>
    </message>
    <message>
        <source>Everything below</source>
        <translation>下方全部</translation>
    </message>
    <message>
        <source>What it changes</source>
        <translation>调整范围</translation>
    </message>
    <message>
        <source>Only the one layer that lies below it</source>
        <translation>只调整它下面的那一个图层</translation>
    </message>
    <message>
        <source>Until it is found, the colour changes everywhere.</source>
        <translation>识别完成前，图中相同颜色都会变色。</translation>
    </message>
    <message>
        <source>Apply to the pixels</source>
        <translation>应用到像素</translation>
    </message>
    <message>
        <source>There is no layer below.</source>
        <translation>下方没有图层。</translation>
    </message>
    <message>
        <source>Changes the layer below for good, inside of the selection if there is one</source>
        <translation>永久修改下方图层；有选区时只修改选区内</translation>
    </message>
    <message>
        <source>The group “{group}” is locked. Unlock it to change this layer.</source>
        <translation>组“{group}”已锁定。解锁后才能更改此图层。</translation>
    </message>
</context>
<context>
    <name>CropOptions</name>
    <message>
        <source>Free</source>
        <translation>自由</translation>
    </message>
    <message>
        <source>As the picture</source>
        <translation>与图片相同</translation>
    </message>
    <message>
        <source>Proportions, such as 4:5</source>
        <translation>比例，例如 4:5</translation>
    </message>
    <message>
        <source>Perspective</source>
        <translation>透视</translation>
    </message>
    <message>
        <source>Put the four corners on the corners of something flat, such as a box</source>
        <translation>把四个角放到平面物体（例如盒子）的四个角上</translation>
    </message>
    <message>
        <source>Straighten</source>
        <translation>拉直</translation>
    </message>
    <message>
        <source>Angle</source>
        <translation>角度</translation>
    </message>
    <message>
        <source>Draw a level line</source>
        <translation>画水平线</translation>
    </message>
    <message>
        <source>Drag along what should be level, or upright</source>
        <translation>沿着应当水平或垂直的地方拖动</translation>
    </message>
    <message>
        <source>Crop to product</source>
        <translation>按商品裁剪</translation>
    </message>
    <message>
        <source>Margin</source>
        <translation>留白</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>裁剪</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
</context>
<context>
    <name>CurveGraph</name>
    <message>
        <source>Curve</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Click to add a point, drag it out to remove it.
Page up and down choose a point, arrows move it, Insert and Delete add and remove.</source>
        <translation>单击添加控制点，拖出框外删除。
Page Up/Down 选择控制点，方向键移动，Insert 和 Delete 添加或删除。</translation>
    </message>
</context>
<context>
    <name>CurvesSection</name>
    <message>
        <source>Light</source>
        <translation>明度</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>Luminosity: only how light it is, the colours stay</source>
        <translation>明度：只改变明暗，颜色保持不变</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>After</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Straight</source>
        <translation>直线</translation>
    </message>
    <message>
        <source>This channel as it was</source>
        <translation>此通道恢复原样</translation>
    </message>
</context>
<context>
    <name>CutoutCommands</name>
    <message>
        <source>Pictures ({patterns})</source>
        <translation>图片 ({patterns})</translation>
    </message>
    <message>
        <source>Import mask</source>
        <translation>导入蒙版</translation>
    </message>
    <message>
        <source>Export mask</source>
        <translation>导出蒙版</translation>
    </message>
</context>
<context>
    <name>CutoutSection</name>
    <message>
        <source>Fast</source>
        <translation>快速</translation>
    </message>
    <message>
        <source>Best</source>
        <translation>精细</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>抠图质量</translation>
    </message>
    <message>
        <source>Remove background</source>
        <translation>一键抠图</translation>
    </message>
    <message>
        <source>Cut the product out (Ctrl+Alt+1)</source>
        <translation>把商品抠出来 (Ctrl+Alt+1)</translation>
    </message>
    <message>
        <source>The cut-out looks good ({percent} % sure).</source>
        <translation>抠得不错（把握 {percent}%）。</translation>
    </message>
    <message>
        <source>Have a look at the edges ({percent} % sure).</source>
        <translation>请检查一下边缘（把握 {percent}%）。</translation>
    </message>
    <message>
        <source>The product was hard to tell from its background ({percent} % sure).</source>
        <translation>商品和背景不太好分（把握 {percent}%），请仔细检查。</translation>
    </message>
</context>
<context>
    <name>DirectionSliders</name>
    <message>
        <source>Changes</source>
        <translation>调整</translation>
    </message>
    <message>
        <source>Names…</source>
        <translation>命名…</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>Change {number}</source>
        <translation>调整 {number}</translation>
    </message>
</context>
<context>
    <name>DiskCards</name>
    <message>
        <source>“{name}” was changed by another program.</source>
        <translation>“{name}”已被其他程序修改。</translation>
    </message>
    <message>
        <source>“{name}” was changed by another program, and by you here.</source>
        <translation>“{name}”已被其他程序修改，您在这里也有修改。</translation>
    </message>
    <message>
        <source>Load it again</source>
        <translation>重新载入</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>保留我的</translation>
    </message>
    <message>
        <source>“{name}” is not there any more: deleted, moved, or its disk was taken out. What you see is still here.</source>
        <translation>“{name}”已不在原处：可能被删除、移动，或磁盘已拔出。您看到的内容还在。</translation>
    </message>
    <message>
        <source>Save it again</source>
        <translation>重新保存</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Load again</source>
        <translation>重新载入</translation>
    </message>
</context>
<context>
    <name>DocumentCommands</name>
    <message>
        <source>Revert to the file</source>
        <translation>恢复到文件</translation>
    </message>
    <message>
        <source>“{name}” is as its file again. Undo brings back what was open.</source>
        <translation>“{name}”已恢复到文件中的内容。“撤销”可找回刚才的内容。</translation>
    </message>
    <message>
        <source>Clipboard</source>
        <translation>剪贴板</translation>
    </message>
    <message>
        <source>Marketplaces</source>
        <translation>平台</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>纸张</translation>
    </message>
    <message>
        <source>As the copied picture</source>
        <translation>与复制的图片相同</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>背景</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>图层</translation>
    </message>
    <message>
        <source>New picture {number}</source>
        <translation>新图片 {number}</translation>
    </message>
</context>
<context>
    <name>DocumentTabs</name>
    <message>
        <source>Open pictures</source>
        <translation>已打开的图片</translation>
    </message>
    <message>
        <source>Close this picture</source>
        <translation>关闭这张图片</translation>
    </message>
</context>
<context>
    <name>DrawingDialog</name>
    <message>
        <source>Import {name}</source>
        <translation>导入 {name}</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>As a layer of the open picture</source>
        <translation>作为当前图片的图层</translation>
    </message>
    <message>
        <source>Lines become pixels: choose it as large as it will be needed.</source>
        <translation>线条会变成像素：请按需要的最大尺寸导入。</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
</context>
<context>
    <name>DropPlaces</name>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Add as layer</source>
        <translation>添加为图层</translation>
    </message>
</context>
<context>
    <name>Edit</name>
    <message>
        <source>Add layer</source>
        <translation>新建图层</translation>
    </message>
    <message>
        <source>Add fill layer</source>
        <translation>新建填充图层</translation>
    </message>
    <message>
        <source>Group layers</source>
        <translation>图层编组</translation>
    </message>
    <message>
        <source>Ungroup</source>
        <translation>取消编组</translation>
    </message>
    <message>
        <source>Delete layer</source>
        <translation>删除图层</translation>
    </message>
    <message>
        <source>Duplicate layer</source>
        <translation>复制图层</translation>
    </message>
    <message>
        <source>Reorder layers</source>
        <translation>调整图层顺序</translation>
    </message>
    <message>
        <source>Rename layer</source>
        <translation>重命名图层</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>不透明度</translation>
    </message>
    <message>
        <source>Show or hide layer</source>
        <translation>显示或隐藏图层</translation>
    </message>
    <message>
        <source>Lock layer</source>
        <translation>锁定图层</translation>
    </message>
    <message>
        <source>Blend mode</source>
        <translation>混合模式</translation>
    </message>
    <message>
        <source>Change fill</source>
        <translation>更改填充</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>Change pixels</source>
        <translation>修改像素</translation>
    </message>
    <message>
        <source>Cut out</source>
        <translation>抠图</translation>
    </message>
    <message>
        <source>Correct cut-out</source>
        <translation>精修抠图</translation>
    </message>
    <message>
        <source>Remove cut-out</source>
        <translation>撤掉抠图</translation>
    </message>
    <message>
        <source>Cut-out on or off</source>
        <translation>启用或停用抠图</translation>
    </message>
    <message>
        <source>Invert cut-out</source>
        <translation>反转抠图</translation>
    </message>
    <message>
        <source>Grow or shrink cut-out</source>
        <translation>扩展或收缩边缘</translation>
    </message>
    <message>
        <source>Feather cut-out</source>
        <translation>羽化边缘</translation>
    </message>
    <message>
        <source>Tidy cut-out</source>
        <translation>整理抠图</translation>
    </message>
    <message>
        <source>Remove colour fringe</source>
        <translation>去杂边</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>换背景</translation>
    </message>
    <message>
        <source>Mask from selection</source>
        <translation>选区存为蒙版</translation>
    </message>
    <message>
        <source>Clear selection</source>
        <translation>清除所选内容</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>填充</translation>
    </message>
    <message>
        <source>Layer via copy</source>
        <translation>复制为新图层</translation>
    </message>
    <message>
        <source>Layer via cut</source>
        <translation>剪切为新图层</translation>
    </message>
    <message>
        <source>Select rectangle</source>
        <translation>矩形选区</translation>
    </message>
    <message>
        <source>Select ellipse</source>
        <translation>椭圆选区</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>套索</translation>
    </message>
    <message>
        <source>Magic wand</source>
        <translation>魔棒</translation>
    </message>
    <message>
        <source>Select by colour</source>
        <translation>按颜色选择</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>Deselect</source>
        <translation>取消选择</translation>
    </message>
    <message>
        <source>Invert selection</source>
        <translation>反选</translation>
    </message>
    <message>
        <source>Grow or shrink selection</source>
        <translation>扩展或收缩选区</translation>
    </message>
    <message>
        <source>Feather selection</source>
        <translation>羽化选区</translation>
    </message>
    <message>
        <source>Smooth selection</source>
        <translation>平滑选区</translation>
    </message>
    <message>
        <source>Select border</source>
        <translation>选区边框</translation>
    </message>
    <message>
        <source>Move selection</source>
        <translation>移动选区</translation>
    </message>
    <message>
        <source>Select layer</source>
        <translation>选中图层内容</translation>
    </message>
    <message>
        <source>Selection from mask</source>
        <translation>从蒙版载入选区</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>Add text</source>
        <translation>添加文字</translation>
    </message>
    <message>
        <source>Change text</source>
        <translation>修改文字</translation>
    </message>
    <message>
        <source>Add shape</source>
        <translation>添加形状</translation>
    </message>
    <message>
        <source>Change shape</source>
        <translation>修改形状</translation>
    </message>
    <message>
        <source>Rasterise</source>
        <translation>栅格化</translation>
    </message>
    <message>
        <source>Add adjustment</source>
        <translation>新建调整图层</translation>
    </message>
    <message>
        <source>Change adjustment</source>
        <translation>更改调整</translation>
    </message>
    <message>
        <source>Adjust colours</source>
        <translation>调整颜色</translation>
    </message>
    <message>
        <source>Layer effects</source>
        <translation>图层效果</translation>
    </message>
    <message>
        <source>Clip to the layer below</source>
        <translation>剪贴到下方图层</translation>
    </message>
    <message>
        <source>Group on its own</source>
        <translation>组独立混合</translation>
    </message>
    <message>
        <source>Transform</source>
        <translation>变换</translation>
    </message>
    <message>
        <source>Warp</source>
        <translation>变形</translation>
    </message>
    <message>
        <source>Link mask</source>
        <translation>链接蒙版</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>裁剪</translation>
    </message>
    <message>
        <source>Crop with perspective</source>
        <translation>透视裁剪</translation>
    </message>
    <message>
        <source>Image size</source>
        <translation>图片大小</translation>
    </message>
    <message>
        <source>Turn or flip picture</source>
        <translation>旋转或翻转图片</translation>
    </message>
    <message>
        <source>Guides</source>
        <translation>参考线</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>Delete path</source>
        <translation>删除路径</translation>
    </message>
    <message>
        <source>Merge layers</source>
        <translation>合并图层</translation>
    </message>
    <message>
        <source>Add mask</source>
        <translation>添加蒙版</translation>
    </message>
    <message>
        <source>Apply mask</source>
        <translation>应用蒙版</translation>
    </message>
    <message>
        <source>Change layers</source>
        <translation>更改图层</translation>
    </message>
    <message>
        <source>Selection from path</source>
        <translation>路径转选区</translation>
    </message>
    <message>
        <source>Path from selection</source>
        <translation>选区转路径</translation>
    </message>
    <message>
        <source>Path from mask</source>
        <translation>蒙版转路径</translation>
    </message>
    <message>
        <source>Mask from path</source>
        <translation>路径转蒙版</translation>
    </message>
    <message>
        <source>Transform selection</source>
        <translation>变换选中部分</translation>
    </message>
    <message>
        <source>Move selected pixels</source>
        <translation>移动选中的像素</translation>
    </message>
    <message>
        <source>Enhance</source>
        <translation>变清晰</translation>
    </message>
    <message>
        <source>Frame product</source>
        <translation>按商品取景</translation>
    </message>
    <message>
        <source>Keep to the product</source>
        <translation>只换商品颜色</translation>
    </message>
    <message>
        <source>Generate layer</source>
        <translation>生成图层</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>画笔</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>擦除</translation>
    </message>
    <message>
        <source>Clone</source>
        <translation>仿制</translation>
    </message>
    <message>
        <source>Heal</source>
        <translation>修复</translation>
    </message>
    <message>
        <source>Dodge</source>
        <translation>减淡</translation>
    </message>
    <message>
        <source>Burn</source>
        <translation>加深</translation>
    </message>
    <message>
        <source>Sponge</source>
        <translation>海绵</translation>
    </message>
    <message>
        <source>Blur brush</source>
        <translation>模糊画笔</translation>
    </message>
    <message>
        <source>Sharpen brush</source>
        <translation>锐化画笔</translation>
    </message>
    <message>
        <source>Smudge</source>
        <translation>涂抹</translation>
    </message>
    <message>
        <source>Paint</source>
        <translation>涂抹</translation>
    </message>
    <message>
        <source>Erase object</source>
        <translation>消除物体</translation>
    </message>
    <message>
        <source>Fill area</source>
        <translation>填充区域</translation>
    </message>
    <message>
        <source>Gradient</source>
        <translation>渐变</translation>
    </message>
</context>
<context>
    <name>EditCommands</name>
    <message>
        <source>Fill</source>
        <translation>填充</translation>
    </message>
</context>
<context>
    <name>EffectBox</name>
    <message>
        <source>{effect}: colour</source>
        <translation>{effect}：颜色</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>光源</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Blend</source>
        <translation>混合</translation>
    </message>
</context>
<context>
    <name>EffectCommands</name>
    <message>
        <source>Paste effects</source>
        <translation>粘贴效果</translation>
    </message>
    <message>
        <source>Remove effects</source>
        <translation>清除效果</translation>
    </message>
</context>
<context>
    <name>Effects</name>
    <message>
        <source>Opacity</source>
        <translation>不透明度</translation>
    </message>
    <message>
        <source>Softness</source>
        <translation>柔和度</translation>
    </message>
    <message>
        <source>Drop shadow</source>
        <translation>投影</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>距离</translation>
    </message>
    <message>
        <source>Spread</source>
        <translation>扩展</translation>
    </message>
    <message>
        <source>Contact shadow</source>
        <translation>接触阴影</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Lowered</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Cast shadow</source>
        <translation>落影</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>Fade</source>
        <translation>渐隐</translation>
    </message>
    <message>
        <source>Reflection</source>
        <translation>倒影</translation>
    </message>
    <message>
        <source>Gap</source>
        <translation>间距</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>描边</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Glow</source>
        <translation>发光</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Colour overlay</source>
        <translation>颜色叠加</translation>
    </message>
    <message>
        <source>Outside</source>
        <translation>外侧</translation>
    </message>
    <message>
        <source>On the edge</source>
        <translation>居中</translation>
    </message>
    <message>
        <source>Inside</source>
        <translation>内侧</translation>
    </message>
    <message>
        <source>Soft studio shadow</source>
        <translation>柔和影棚阴影</translation>
    </message>
    <message>
        <source>Standing on white</source>
        <translation>白底落地</translation>
    </message>
    <message>
        <source>Reflection on a shiny table</source>
        <translation>光面桌倒影</translation>
    </message>
    <message>
        <source>Low sun</source>
        <translation>斜阳</translation>
    </message>
    <message>
        <source>Floating</source>
        <translation>悬浮</translation>
    </message>
    <message>
        <source>Sticker</source>
        <translation>贴纸</translation>
    </message>
    <message>
        <source>Hug base</source>
        <translation>贴合底边</translation>
    </message>
</context>
<context>
    <name>EffectsSection</name>
    <message>
        <source>Effects</source>
        <translation>效果</translation>
    </message>
    <message>
        <source>Ready-made…</source>
        <translation>现成效果…</translation>
    </message>
    <message>
        <source>Same light for all effects</source>
        <translation>所有效果用同一光源</translation>
    </message>
    <message>
        <source>A change of the light changes it in all layers of the picture.</source>
        <translation>改动光源方向时，图片里所有图层一起改。</translation>
    </message>
</context>
<context>
    <name>EnhancePanel</name>
    <message>
        <source>As it is</source>
        <translation>原大小</translation>
    </message>
    <message>
        <source>To a size</source>
        <translation>指定尺寸</translation>
    </message>
    <message>
        <source>Enlarge</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Keep text exactly</source>
        <translation>文字保持原样</translation>
    </message>
    <message>
        <source>Enlarge the whole picture</source>
        <translation>整张图片一起放大</translation>
    </message>
    <message>
        <source>Show before and after</source>
        <translation>对比前后效果</translation>
    </message>
    <message>
        <source>Enhance</source>
        <translation>变清晰</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>对比度</translation>
    </message>
    <message>
        <source>White balance</source>
        <translation>白平衡</translation>
    </message>
    <message>
        <source>Brighten</source>
        <translation>提亮</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>降噪</translation>
    </message>
    <message>
        <source>JPEG traces</source>
        <translation>去压缩痕</translation>
    </message>
    <message>
        <source>Sharpen</source>
        <translation>锐化</translation>
    </message>
    <message>
        <source>How to enlarge</source>
        <translation>放大方式</translation>
    </message>
    <message>
        <source>As suits this computer</source>
        <translation>按本机自动选择</translation>
    </message>
    <message>
        <source>Fast</source>
        <translation>快速</translation>
    </message>
    <message>
        <source>Finest (slow)</source>
        <translation>最精细（较慢）</translation>
    </message>
    <message>
        <source>Without inventing detail</source>
        <translation>不添加细节</translation>
    </message>
    <message>
        <source>Better</source>
        <translation>画质</translation>
    </message>
    <message>
        <source>Improve</source>
        <translation>一键改善</translation>
    </message>
    <message>
        <source>Set contrast, white balance, noise and sharpness for me</source>
        <translation>自动设置对比度、白平衡、降噪和锐化</translation>
    </message>
    <message>
        <source>Choose a layer that holds a photo.</source>
        <translation>请选择含有照片的图层。</translation>
    </message>
    <message>
        <source>{width} × {height} pixels, about {time} on this computer</source>
        <translation>{width} × {height} 像素，本机约需 {time}</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} 分钟</translation>
    </message>
</context>
<context>
    <name>ExportPanel</name>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>画质</translation>
    </message>
    <message>
        <source>Transparent parts become:</source>
        <translation>透明处填充为：</translation>
    </message>
    <message>
        <source>Colour under transparent parts</source>
        <translation>透明处的填充颜色</translation>
    </message>
    <message>
        <source>Keep camera data (never the place)</source>
        <translation>保留拍摄信息（不含地点）</translation>
    </message>
    <message>
        <source>With the clipping path</source>
        <translation>包含剪贴路径</translation>
    </message>
    <message>
        <source>Something in this picture was generated. The file says so, as shops require.</source>
        <translation>图中有生成的内容。导出的文件会注明这一点，这是各平台的要求。</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Export picture</source>
        <translation>导出图片</translation>
    </message>
    <message>
        <source>Layers, masks and groups are kept.</source>
        <translation>图层、蒙版和图层组会保留。</translation>
    </message>
    <message>
        <source>These become pixels: {layers}.</source>
        <translation>以下图层会变为像素：{layers}。</translation>
    </message>
    <message>
        <source>Computing the size…</source>
        <translation>正在计算文件大小…</translation>
    </message>
    <message>
        <source>This picture can&apos;t be written in this format.</source>
        <translation>这张图片无法存成此格式。</translation>
    </message>
</context>
<context>
    <name>Fidelity</name>
    <message>
        <source>The product keeps {percent} % of its structure; its colours differ by {delta} (seen from 2.3 on).</source>
        <translation>商品结构保留 {percent}%，色差 {delta}（2.3 以上可察觉）。</translation>
    </message>
</context>
<context>
    <name>FileCommands</name>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Place picture as layer</source>
        <translation>置入图片为图层</translation>
    </message>
    <message>
        <source>{name} copy</source>
        <translation>{name} 副本</translation>
    </message>
    <message>
        <source>Save a copy</source>
        <translation>另存副本</translation>
    </message>
    <message>
        <source>Save your changes to “{name}”?</source>
        <translation>要保存对“{name}”的修改吗？</translation>
    </message>
    <message>
        <source>Otherwise they are lost. The photo itself is not changed.</source>
        <translation>不保存的话，修改会丢失；原照片不受影响。</translation>
    </message>
    <message>
        <source>Save project</source>
        <translation>保存项目</translation>
    </message>
    <message>
        <source>Project (*.ora)</source>
        <translation>项目 (*.ora)</translation>
    </message>
    <message>
        <source>Pictures ({patterns})</source>
        <translation>图片 ({patterns})</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>FillFields</name>
    <message>
        <source>No fill</source>
        <translation>无填充</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Gradient</source>
        <translation>渐变</translation>
    </message>
    <message>
        <source>Pattern</source>
        <translation>图案</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>填充</translation>
    </message>
    <message>
        <source>Fill colour</source>
        <translation>填充颜色</translation>
    </message>
    <message>
        <source>Second colour</source>
        <translation>第二种颜色</translation>
    </message>
    <message>
        <source>Straight</source>
        <translation>直线</translation>
    </message>
    <message>
        <source>Round</source>
        <translation>环形</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>方向</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Across</source>
        <translation>水平位置</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>垂直位置</translation>
    </message>
</context>
<context>
    <name>FillSection</name>
    <message>
        <source>Fill</source>
        <translation>填充</translation>
    </message>
    <message>
        <source>A pattern begins with a picture: Layer, New, Pattern layer.</source>
        <translation>图案要先有一张图片：图层 → 新建 → 图案图层。</translation>
    </message>
</context>
<context>
    <name>FilmSection</name>
    <message>
        <source>Film</source>
        <translation>动画</translation>
    </message>
    <message>
        <source>There and back</source>
        <translation>来回播放</translation>
    </message>
    <message>
        <source>Save as film…</source>
        <translation>保存为动画…</translation>
    </message>
    <message>
        <source>Pictures in it</source>
        <translation>图片张数</translation>
    </message>
    <message>
        <source>Pictures a second</source>
        <translation>每秒张数</translation>
    </message>
    <message>
        <source>film</source>
        <translation>短片</translation>
    </message>
    <message>
        <source>Save as film</source>
        <translation>保存为动画</translation>
    </message>
    <message>
        <source>Saved: {name}, {size}</source>
        <translation>已保存：{name}，{size}</translation>
    </message>
</context>
<context>
    <name>Findings</name>
    <message>
        <source>Fails ({count})</source>
        <translation>不合格（{count}）</translation>
    </message>
    <message>
        <source>Please look ({count})</source>
        <translation>请确认（{count}）</translation>
    </message>
    <message>
        <source>Passes ({count})</source>
        <translation>合格（{count}）</translation>
    </message>
    <message>
        <source>{measured}, wanted: {demanded}</source>
        <translation>{measured}，要求：{demanded}</translation>
    </message>
    <message>
        <source>{told} (advice)</source>
        <translation>{told}（建议）</translation>
    </message>
</context>
<context>
    <name>FoundView</name>
    <message>
        <source>What was found</source>
        <translation>检查结果</translation>
    </message>
    <message>
        <source>{used} of {found} pictures are learned from</source>
        <translation>共 {found} 张图片，其中 {used} 张用于学习</translation>
    </message>
    <message>
        <source>too few to be learned well</source>
        <translation>数量太少，学不好</translation>
    </message>
    <message>
        <source>{count} left out: {reason}</source>
        <translation>略过 {count} 张：{reason}</translation>
    </message>
</context>
<context>
    <name>Gate</name>
    <message>
        <source>Only {found} % of the pictures look like your products ({bound} % are needed). Train longer; if that does not help, add pictures.</source>
        <translation>只有 {found}% 的图片像您的商品（至少需要 {bound}%）。请延长训练；如果没有改善，请增加图片。</translation>
    </message>
    <message>
        <source>The pictures are blurred: they have {found} % of the detail of yours ({bound} % is needed). Train longer.</source>
        <translation>图片模糊：细节只有您照片的 {found}%（至少需要 {bound}%）。请延长训练。</translation>
    </message>
    <message>
        <source>Only {found} % of the pictures can be told to be of their class ({bound} % are needed). Train longer, or put pictures that are alike into one class.</source>
        <translation>只有 {found}% 的图片能看出属于哪个品类（至少需要 {bound}%）。请延长训练，或把相似的图片归入同一品类。</translation>
    </message>
    <message>
        <source>The pictures are too much alike: they differ by {found} % of what yours do ({bound} % is needed). Train longer, or choose another kind of generator.</source>
        <translation>图片彼此太像：差异只有您照片之间的 {found}%（至少需要 {bound}%）。请延长训练，或选择另一种生成器。</translation>
    </message>
    <message>
        <source>Only {found} % of your products have anything like them among the pictures ({bound} % are needed). Train longer.</source>
        <translation>您的商品中只有 {found}% 能在生成的图片里找到相似的（至少需要 {bound}%）。请延长训练。</translation>
    </message>
    <message>
        <source>{found} % of the pictures are nearly copies of your own ({bound} % are the most). Add pictures, or train for a shorter time.</source>
        <translation>有 {found}% 的图片几乎照搬了您的照片（最多允许 {bound}%）。请增加图片，或缩短训练时间。</translation>
    </message>
    <message>
        <source>With {real} pictures of yours it can&apos;t be told whether the generator is good; {least} are the least. Add pictures.</source>
        <translation>您的图片只有 {real} 张，无法判断生成器的好坏；至少需要 {least} 张。请增加图片。</translation>
    </message>
</context>
<context>
    <name>GeneratorBar</name>
    <message>
        <source>Generator</source>
        <translation>生成器</translation>
    </message>
    <message>
        <source>What to generate</source>
        <translation>生成什么</translation>
    </message>
    <message>
        <source>Generators: import, export, delete</source>
        <translation>生成器：导入、导出、删除</translation>
    </message>
    <message>
        <source>It was measured and is not good enough yet: its pictures may be poor.</source>
        <translation>经过评估，它还不够好：生成的图片可能不理想。</translation>
    </message>
    <message>
        <source>All kinds</source>
        <translation>所有品类</translation>
    </message>
    <message>
        <source>Generators (*{suffix})</source>
        <translation>生成器 (*{suffix})</translation>
    </message>
    <message>
        <source>Import a generator</source>
        <translation>导入生成器</translation>
    </message>
    <message>
        <source>Export the generator</source>
        <translation>导出生成器</translation>
    </message>
    <message>
        <source>Delete the generator “{name}”?</source>
        <translation>要删除生成器“{name}”吗？</translation>
    </message>
    <message>
        <source>It can&apos;t be got back, unless it was exported. Pictures made with it stay.</source>
        <translation>除非导出过，否则无法找回。用它生成的图片会保留。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Train one…</source>
        <translation>训练一个…</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Find odd pictures…</source>
        <translation>找出异常图片…</translation>
    </message>
</context>
<context>
    <name>GpuOffer</name>
    <message>
        <source>{card} could compute, several times as fast as the processor. What it needs is about {size} to fetch, once.</source>
        <translation>{card} 可以承担计算，速度比处理器快数倍。为此需要下载一次，约 {size}。</translation>
    </message>
    <message>
        <source>Fetch it</source>
        <translation>获取</translation>
    </message>
    <message>
        <source>The GPU pack does not go with this ProdEdit or is damaged, so the processor computes. Making it anew means about {size} to fetch.</source>
        <translation>GPU 组件与此 ProdEdit 不匹配或已损坏，因此由处理器计算。重新制作约需下载 {size}。</translation>
    </message>
    <message>
        <source>Make anew</source>
        <translation>重新制作</translation>
    </message>
    <message>
        <source>The GPU pack works: {card} computes from now on.</source>
        <translation>GPU 组件可用：从现在起由 {card} 计算。</translation>
    </message>
</context>
<context>
    <name>GpuRow</name>
    <message>
        <source>Graphics card</source>
        <translation>显卡</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Make anew</source>
        <translation>重新制作</translation>
    </message>
    <message>
        <source>Fetch</source>
        <translation>获取</translation>
    </message>
    <message>
        <source>{card} computes. Its GPU pack takes {size} of the disk.</source>
        <translation>由 {card} 计算。其 GPU 组件占用 {size} 磁盘空间。</translation>
    </message>
    <message>
        <source>The GPU pack belongs to another version of ProdEdit, so the processor computes.</source>
        <translation>GPU 组件属于其他版本的 ProdEdit，因此由处理器计算。</translation>
    </message>
    <message>
        <source>The GPU pack is damaged, so the processor computes.</source>
        <translation>GPU 组件已损坏，因此由处理器计算。</translation>
    </message>
    <message>
        <source>No NVIDIA card with a driver was found.</source>
        <translation>未找到装有驱动程序的 NVIDIA 显卡。</translation>
    </message>
    <message>
        <source>{card} computes.</source>
        <translation>由 {card} 计算。</translation>
    </message>
    <message>
        <source>{card} could compute, several times as fast. For that, a GPU pack is fetched once: about {download} from the network, {installed} on the disk.</source>
        <translation>{card} 可以承担计算，速度快数倍。为此需要获取一次 GPU 组件：约需下载 {download}，占用磁盘 {installed}。</translation>
    </message>
</context>
<context>
    <name>GradientBar</name>
    <message>
        <source>Colours from dark to light</source>
        <translation>从暗到亮的颜色</translation>
    </message>
    <message>
        <source>Click to add a colour, drag it away to remove it.
Up and down choose one, left and right move it, Insert and Delete add and remove.</source>
        <translation>单击添加颜色，拖开即可删除。
上下键选择，左右键移动，Insert 和 Delete 添加或删除。</translation>
    </message>
</context>
<context>
    <name>GradientSection</name>
    <message>
        <source>Ready-made gradients</source>
        <translation>预设渐变</translation>
    </message>
    <message>
        <source>Colour here</source>
        <translation>此处颜色</translation>
    </message>
    <message>
        <source>Lightness it stands for</source>
        <translation>对应的明度</translation>
    </message>
    <message>
        <source>Turn round</source>
        <translation>反向</translation>
    </message>
</context>
<context>
    <name>Grid</name>
    <message>
        <source>By itself</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>手动</translation>
    </message>
</context>
<context>
    <name>GridDialog</name>
    <message>
        <source>Grid and rulers</source>
        <translation>网格和标尺</translation>
    </message>
    <message>
        <source>Line every</source>
        <translation>线间距</translation>
    </message>
    <message>
        <source>Fields between</source>
        <translation>细分</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>像素</translation>
    </message>
    <message>
        <source>Centimetres</source>
        <translation>厘米</translation>
    </message>
    <message>
        <source>Inches</source>
        <translation>英寸</translation>
    </message>
    <message>
        <source>Unit of the rulers</source>
        <translation>标尺单位</translation>
    </message>
</context>
<context>
    <name>GuideDialog</name>
    <message>
        <source>New guide</source>
        <translation>新建参考线</translation>
    </message>
    <message>
        <source>Guide</source>
        <translation>参考线</translation>
    </message>
    <message>
        <source>Upright</source>
        <translation>竖直</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>水平</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>方向</translation>
    </message>
</context>
<context>
    <name>HistogramSection</name>
    <message>
        <source>Histogram</source>
        <translation>直方图</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Lightness</source>
        <translation>明度</translation>
    </message>
    <message>
        <source>Waveform</source>
        <translation>波形</translation>
    </message>
    <message>
        <source>What is shown</source>
        <translation>显示内容</translation>
    </message>
    <message>
        <source>{percent} % quite black</source>
        <translation>{percent}% 为纯黑</translation>
    </message>
    <message>
        <source>{percent} % quite white</source>
        <translation>{percent}% 为纯白</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>Nothing is quite black or quite white.</source>
        <translation>没有纯黑或纯白的像素。</translation>
    </message>
</context>
<context>
    <name>HistoryPanel</name>
    <message>
        <source>Photo opened</source>
        <translation>打开照片</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史记录</translation>
    </message>
    <message>
        <source>What you do to a picture is listed here.</source>
        <translation>对图片做过的每一步都会列在这里。</translation>
    </message>
    <message>
        <source>Save as recipe…</source>
        <translation>存为方案…</translation>
    </message>
    <message>
        <source>Do the same to other pictures later</source>
        <translation>以后对其他图片做同样的处理</translation>
    </message>
</context>
<context>
    <name>ImageSizeDialog</name>
    <message>
        <source>Image size</source>
        <translation>图片大小</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>像素</translation>
    </message>
    <message>
        <source>Percent</source>
        <translation>百分比</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Keep the proportions</source>
        <translation>保持比例</translation>
    </message>
    <message>
        <source>Change size</source>
        <translation>更改大小</translation>
    </message>
    <message>
        <source>{before} becomes {after} ({megapixels} megapixels)</source>
        <translation>{before} 变为 {after}（{megapixels} 百万像素）</translation>
    </message>
    <message>
        <source>Enlarged {factor} times: it will look soft, since there is no more detail in the photo. Twice is the most that still looks good.</source>
        <translation>放大到 {factor} 倍会显得模糊，因为照片没有更多细节。最多放大到 2 倍还好看。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>InfoSection</name>
    <message>
        <source>Under the pointer</source>
        <translation>指针处</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Hex</source>
        <translation>十六进制</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Drag</source>
        <translation>拖动</translation>
    </message>
    <message>
        <source>Angle</source>
        <translation>角度</translation>
    </message>
    <message>
        <source>Selection</source>
        <translation>选区</translation>
    </message>
</context>
<context>
    <name>InputsPage</name>
    <message>
        <source>Photos and folders</source>
        <translation>照片和文件夹</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>添加文件…</translation>
    </message>
    <message>
        <source>Add folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Drop photos or folders here</source>
        <translation>把照片或文件夹拖到这里</translation>
    </message>
    <message>
        <source>Take away</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Add files</source>
        <translation>添加文件</translation>
    </message>
    <message>
        <source>Add folder</source>
        <translation>添加文件夹</translation>
    </message>
</context>
<context>
    <name>JobState</name>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>正在开始</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
</context>
<context>
    <name>JobsBar</name>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Stop this job (Esc)</source>
        <translation>停止此任务 (Esc)</translation>
    </message>
    <message>
        <source>Recipe “{name}”</source>
        <translation>方案“{name}”</translation>
    </message>
    <message>
        <source>Recipe “{name}” on {count} pictures</source>
        <translation>对 {count} 张图片应用方案“{name}”</translation>
    </message>
    <message>
        <source>Comparing {count} pictures</source>
        <translation>正在比较 {count} 张图片</translation>
    </message>
    <message>
        <source>Checking {count} pictures for “{name}”</source>
        <translation>按“{name}”检查 {count} 张图片</translation>
    </message>
    <message>
        <source>{seconds} s left</source>
        <translation>还剩 {seconds} 秒</translation>
    </message>
    <message>
        <source>{count} more waiting</source>
        <translation>另有 {count} 个在排队</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
</context>
<context>
    <name>JobsPanel</name>
    <message>
        <source>Jobs</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Nothing is being worked on.</source>
        <translation>当前没有任务。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>KeyList</name>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Ctrl and a click on its picture</source>
        <translation>按住 Ctrl 点它的缩略图</translation>
    </message>
    <message>
        <source>Keys as in</source>
        <translation>快捷键方案</translation>
    </message>
    <message>
        <source>Search by name or key</source>
        <translation>按名称或按键搜索</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>新按键</translation>
    </message>
    <message>
        <source>Use this key</source>
        <translation>使用此键</translation>
    </message>
    <message>
        <source>No key</source>
        <translation>不设按键</translation>
    </message>
    <message>
        <source>This key can&apos;t be changed.</source>
        <translation>此按键不能更改。</translation>
    </message>
    <message>
        <source>As in {scheme}</source>
        <translation>恢复为 {scheme}</translation>
    </message>
    <message>
        <source>All as in {scheme}</source>
        <translation>全部恢复为 {scheme}</translation>
    </message>
    <message>
        <source>Click into the field and press the new key.</source>
        <translation>点击输入框，然后按下新按键。</translation>
    </message>
    <message>
        <source>The canvas itself needs {key}. Choose another key.</source>
        <translation>画布本身要用 {key}，请选择其他按键。</translation>
    </message>
    <message>
        <source>{key} belongs to “{others}” now, which would lose it.</source>
        <translation>{key} 目前属于“{others}”，更改后它将失去该按键。</translation>
    </message>
    <message>
        <source>Move the picture</source>
        <translation>平移画面</translation>
    </message>
    <message>
        <source>Space and drag</source>
        <translation>按住空格拖动</translation>
    </message>
    <message>
        <source>Zoom to the pointer</source>
        <translation>以鼠标为中心缩放</translation>
    </message>
    <message>
        <source>Ctrl and wheel</source>
        <translation>Ctrl+滚轮</translation>
    </message>
    <message>
        <source>The photo as it was, while held</source>
        <translation>按住时查看原图</translation>
    </message>
    <message>
        <source>Stop the job</source>
        <translation>停止任务</translation>
    </message>
    <message>
        <source>Opacity of the layers</source>
        <translation>图层不透明度</translation>
    </message>
    <message>
        <source>Blend mode</source>
        <translation>混合模式</translation>
    </message>
    <message>
        <source>Shift+Alt and a letter</source>
        <translation>Shift+Alt 加字母</translation>
    </message>
    <message>
        <source>Select what a layer shows</source>
        <translation>选中图层内容</translation>
    </message>
</context>
<context>
    <name>LargePicture</name>
    <message>
        <source>The chosen picture</source>
        <translation>选中的图片</translation>
    </message>
</context>
<context>
    <name>LayerBar</name>
    <message>
        <source>New layer of a colour, gradient or pattern</source>
        <translation>新建颜色、渐变或图案图层</translation>
    </message>
    <message>
        <source>New adjustment of what lies below</source>
        <translation>为下方图层新建调整</translation>
    </message>
</context>
<context>
    <name>LayerCommands</name>
    <message>
        <source>{name} copy</source>
        <translation>{name} 副本</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>组</translation>
    </message>
</context>
<context>
    <name>LayerLink</name>
    <message>
        <source>Open here</source>
        <translation>在这里打开</translation>
    </message>
    <message>
        <source>“{name}” was generated.</source>
        <translation>“{name}”是生成的。</translation>
    </message>
</context>
<context>
    <name>LayerMaskCommands</name>
    <message>
        <source>Mask from transparency</source>
        <translation>用透明区域做蒙版</translation>
    </message>
</context>
<context>
    <name>LayerTree</name>
    <message>
        <source>Layers</source>
        <translation>图层</translation>
    </message>
</context>
<context>
    <name>LayersModel</name>
    <message>
        <source>{name}
Locked with the group “{group}”</source>
        <translation>{name}
随组“{group}”一起锁定</translation>
    </message>
</context>
<context>
    <name>LayersPanel</name>
    <message>
        <source>Opacity</source>
        <translation>不透明度</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>图层</translation>
    </message>
    <message>
        <source>The layers of the open picture are listed here.</source>
        <translation>打开图片后，图层会列在这里。</translation>
    </message>
    <message>
        <source>Blend mode</source>
        <translation>混合模式</translation>
    </message>
    <message>
        <source>How this layer mixes with those below</source>
        <translation>此图层与下方图层的混合方式</translation>
    </message>
    <message>
        <source>Select what shows of it</source>
        <translation>选中图层内容</translation>
    </message>
</context>
<context>
    <name>LevelsSection</name>
    <message>
        <source>Channel</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>Black</source>
        <translation>黑场</translation>
    </message>
    <message>
        <source>Middle</source>
        <translation>中间</translation>
    </message>
    <message>
        <source>White</source>
        <translation>白场</translation>
    </message>
    <message>
        <source>Darkest</source>
        <translation>最暗</translation>
    </message>
    <message>
        <source>Lightest</source>
        <translation>最亮</translation>
    </message>
    <message>
        <source>Black, middle and white of the picture</source>
        <translation>图片的黑场、中间调和白场</translation>
    </message>
    <message>
        <source>Darkest and lightest of the result</source>
        <translation>结果的最暗与最亮</translation>
    </message>
    <message>
        <source>Auto</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Black and white from the picture itself</source>
        <translation>根据图片自动确定黑场和白场</translation>
    </message>
</context>
<context>
    <name>LibraryDialog</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Bring back what was deleted</source>
        <translation>恢复已删除的方案</translation>
    </message>
    <message>
        <source>Comes with ProdEdit</source>
        <translation>ProdEdit 自带</translation>
    </message>
</context>
<context>
    <name>LinePlot</name>
    <message>
        <source>How the figures move</source>
        <translation>数值的变化</translation>
    </message>
    <message>
        <source>The figures come with the first steps.</source>
        <translation>开始学习后，这里会显示数值。</translation>
    </message>
</context>
<context>
    <name>LookCommands</name>
    <message>
        <source>The look of “{name}” is copied: adjustments, effects, background.</source>
        <translation>已复制“{name}”的外观：调整、效果和背景。</translation>
    </message>
    <message>
        <source>Masks that fit this picture only stay here; elsewhere all is changed by: {names}</source>
        <translation>只适合这张图片的蒙版不会带走；在其他图片上，以下调整作用于整张图：{names}</translation>
    </message>
    <message>
        <source>The look was given to {count} open pictures.</source>
        <translation>外观已应用到 {count} 张打开的图片。</translation>
    </message>
    <message>
        <source>Copied look</source>
        <translation>复制的外观</translation>
    </message>
    <message>
        <source>It isn&apos;t said how to cut out, so what keeps to the product changes all.</source>
        <translation>这个外观里没有抠图方式，只针对商品的调整会作用于整张图。</translation>
    </message>
    <message>
        <source>Paste look</source>
        <translation>粘贴外观</translation>
    </message>
    <message>
        <source>Nothing is cut out there, so what keeps to the product changes all of: {names}</source>
        <translation>以下图片没有抠图，只针对商品的调整会作用于整张图：{names}</translation>
    </message>
</context>
<context>
    <name>LutSection</name>
    <message>
        <source>Choose another…</source>
        <translation>选择其他…</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>A .cube file can also be dropped here.</source>
        <translation>也可以把 .cube 文件拖到这里。</translation>
    </message>
    <message>
        <source>{name}, {size} colours a side</source>
        <translation>{name}，每边 {size} 色</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Background</source>
        <translation>抠图换背景</translation>
    </message>
    <message>
        <source>Adjust</source>
        <translation>调整</translation>
    </message>
    <message>
        <source>Properties</source>
        <translation>属性</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>Enhance</source>
        <translation>变清晰</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Paths</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>Navigator</source>
        <translation>导航器</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史记录</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Forget these</source>
        <translation>清空此列表</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>暂无</translation>
    </message>
    <message>
        <source>Dropped picture</source>
        <translation>拖入的图片</translation>
    </message>
</context>
<context>
    <name>MakingForm</name>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Long side at least</source>
        <translation>长边至少</translation>
    </message>
    <message>
        <source>Exactly these proportions</source>
        <translation>严格按此比例</translation>
    </message>
    <message>
        <source>Product fills</source>
        <translation>商品占比</translation>
    </message>
    <message>
        <source>as in the photo</source>
        <translation>同原照片</translation>
    </message>
    <message>
        <source>Backdrop</source>
        <translation>背景</translation>
    </message>
    <message>
        <source>One colour</source>
        <translation>单色</translation>
    </message>
    <message>
        <source>Transparent</source>
        <translation>透明</translation>
    </message>
    <message>
        <source>The photo&apos;s own</source>
        <translation>照片原背景</translation>
    </message>
    <message>
        <source>Backdrop&apos;s colour</source>
        <translation>背景颜色</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>Quality at least</source>
        <translation>质量至少</translation>
    </message>
    <message>
        <source>File size at least</source>
        <translation>文件大小至少</translation>
    </message>
    <message>
        <source>File size at most</source>
        <translation>文件大小至多</translation>
    </message>
    <message>
        <source>Resolution</source>
        <translation>分辨率</translation>
    </message>
    <message>
        <source>not told</source>
        <translation>不写入</translation>
    </message>
    <message>
        <source>margin {count} px</source>
        <translation>边距 {count} 像素</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>at least</source>
        <translation>至少</translation>
    </message>
    <message>
        <source>File size</source>
        <translation>文件大小</translation>
    </message>
</context>
<context>
    <name>MaskSection</name>
    <message>
        <source>Correct</source>
        <translation>手动精修</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>擦除</translation>
    </message>
    <message>
        <source>Click on it</source>
        <translation>点选</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Hardness</source>
        <translation>硬度</translation>
    </message>
    <message>
        <source>Cut-out view</source>
        <translation>抠图查看方式</translation>
    </message>
    <message>
        <source>View: result</source>
        <translation>查看：抠图结果</translation>
    </message>
    <message>
        <source>View: hidden part in red</source>
        <translation>查看：去掉的部分标红</translation>
    </message>
    <message>
        <source>View: hidden part in green</source>
        <translation>查看：去掉的部分标绿</translation>
    </message>
    <message>
        <source>View: mask alone</source>
        <translation>查看：只看蒙版</translation>
    </message>
    <message>
        <source>View: on black</source>
        <translation>查看：黑底</translation>
    </message>
    <message>
        <source>View: on white</source>
        <translation>查看：白底</translation>
    </message>
    <message>
        <source>View: doubtful places</source>
        <translation>查看：拿不准的地方</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Grow</source>
        <translation>扩展</translation>
    </message>
    <message>
        <source>Shrink</source>
        <translation>收缩</translation>
    </message>
    <message>
        <source>Feather</source>
        <translation>羽化</translation>
    </message>
    <message>
        <source>Defringe</source>
        <translation>去杂边</translation>
    </message>
    <message>
        <source>Invert</source>
        <translation>反转</translation>
    </message>
    <message>
        <source>Click an object to add it; hold Alt and click to take one away.</source>
        <translation>点一下物体即可加入；按住 Alt 点击则去掉。</translation>
    </message>
    <message>
        <source>Remove the background first, or click on the product.</source>
        <translation>请先抠图，或点选商品。</translation>
    </message>
</context>
<context>
    <name>Menu</name>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Picture</source>
        <translation>图片(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Layer</source>
        <translation>图层(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Select</source>
        <translation>选择(&amp;S)</translation>
    </message>
    <message>
        <source>Fil&amp;ter</source>
        <translation>滤镜(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Window</source>
        <translation>窗口(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
</context>
<context>
    <name>MergingCommands</name>
    <message>
        <source>Merge</source>
        <translation>合并图层</translation>
    </message>
    <message>
        <source>Merge what shows</source>
        <translation>合并可见图层</translation>
    </message>
    <message>
        <source>Flatten</source>
        <translation>拼合图像</translation>
    </message>
</context>
<context>
    <name>MixSection</name>
    <message>
        <source>Mix with a favourite</source>
        <translation>与收藏的图片混合</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>Parts</source>
        <translation>部件</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>What is taken from it</source>
        <translation>取它的什么</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>Keep pictures with the heart to mix with them.</source>
        <translation>用心形收藏图片，就可以与它们混合。</translation>
    </message>
</context>
<context>
    <name>MorphPage</name>
    <message>
        <source>From</source>
        <translation>从</translation>
    </message>
    <message>
        <source>To</source>
        <translation>到</translation>
    </message>
    <message>
        <source>The other way round</source>
        <translation>调换方向</translation>
    </message>
    <message>
        <source>Show the way</source>
        <translation>显示过程</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>Choose with which picture it begins, and with which it ends.</source>
        <translation>请选择从哪张图片开始、到哪张结束。</translation>
    </message>
</context>
<context>
    <name>NamesDialog</name>
    <message>
        <source>Names of the changes</source>
        <translation>给调整命名</translation>
    </message>
    <message>
        <source>such as “longer sleeves”</source>
        <translation>例如“袖子更长”</translation>
    </message>
    <message>
        <source>Move a slider to see what it does, then name it here.</source>
        <translation>拖动滑块看看它改变什么，再在这里给它起名。</translation>
    </message>
</context>
<context>
    <name>NavigatorPanel</name>
    <message>
        <source>Zoom</source>
        <translation>缩放比例</translation>
    </message>
</context>
<context>
    <name>NewLayerCommands</name>
    <message>
        <source>Layer</source>
        <translation>图层</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Gradient</source>
        <translation>渐变</translation>
    </message>
    <message>
        <source>Pictures ({patterns})</source>
        <translation>图片 ({patterns})</translation>
    </message>
    <message>
        <source>Picture of the pattern</source>
        <translation>图案图片</translation>
    </message>
</context>
<context>
    <name>NewPicture</name>
    <message>
        <source>New picture</source>
        <translation>新图片</translation>
    </message>
    <message>
        <source>Sizes</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Background colour</source>
        <translation>背景颜色</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>像素</translation>
    </message>
    <message>
        <source>Millimetres</source>
        <translation>毫米</translation>
    </message>
    <message>
        <source>Centimetres</source>
        <translation>厘米</translation>
    </message>
    <message>
        <source>Inches</source>
        <translation>英寸</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Resolution</source>
        <translation>分辨率</translation>
    </message>
    <message>
        <source> pixels per inch</source>
        <translation> 像素/英寸</translation>
    </message>
    <message>
        <source>White</source>
        <translation>白色</translation>
    </message>
    <message>
        <source>Transparent</source>
        <translation>透明</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>背景</translation>
    </message>
    <message>
        <source>Exchange width and height</source>
        <translation>交换宽度和高度</translation>
    </message>
    <message>
        <source>Make picture</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>{width} × {height} pixels, {megapixels} megapixels</source>
        <translation>{width} × {height} 像素，{megapixels} 百万像素</translation>
    </message>
</context>
<context>
    <name>NewSizes</name>
    <message>
        <source>A3</source>
        <translation>A3</translation>
    </message>
    <message>
        <source>A4</source>
        <translation>A4</translation>
    </message>
    <message>
        <source>A5</source>
        <translation>A5</translation>
    </message>
    <message>
        <source>A6, postcard</source>
        <translation>A6（明信片）</translation>
    </message>
    <message>
        <source>US Letter</source>
        <translation>美国信纸</translation>
    </message>
    <message>
        <source>Photo 10 × 15 cm</source>
        <translation>照片 10 × 15 厘米</translation>
    </message>
    <message>
        <source>Photo 13 × 18 cm</source>
        <translation>照片 13 × 18 厘米</translation>
    </message>
</context>
<context>
    <name>NoGenerator</name>
    <message>
        <source>Train one…</source>
        <translation>训练一个…</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>A generator makes new product pictures after it has learnt from yours. There is none yet.</source>
        <translation>生成器学习您的商品照片后，就能做出新的商品图片。现在还没有生成器。</translation>
    </message>
</context>
<context>
    <name>Note</name>
    <message>
        <source>The layer “{layer}” is damaged; what could be read of it was opened.</source>
        <translation>图层“{layer}”已损坏，只打开了能读出的部分。</translation>
    </message>
    <message>
        <source>The layer “{layer}” is damaged and was left out.</source>
        <translation>图层“{layer}”已损坏，未能打开。</translation>
    </message>
    <message>
        <source>The end of this file is missing; what is left of it was opened.</source>
        <translation>这个文件缺了结尾，只打开了剩余部分。</translation>
    </message>
    <message>
        <source>ProdEdit&apos;s own part of this file is damaged; masks and originals were lost, the picture was opened as other programs see it.</source>
        <translation>文件中 ProdEdit 的专用数据已损坏，蒙版和原图丢失；图片按其他软件看到的样子打开。</translation>
    </message>
    <message>
        <source>The selection in this file is damaged.</source>
        <translation>文件中的选区已损坏。</translation>
    </message>
    <message>
        <source>Another program changed the layer “{layer}”; its picture was taken, without the mask and original that ProdEdit had kept.</source>
        <translation>图层“{layer}”被其他软件改过，已采用改后的画面；ProdEdit 保存的蒙版和原图不再适用。</translation>
    </message>
    <message>
        <source>Another program changed the layers of this file; its order and settings were taken.</source>
        <translation>文件的图层被其他软件改过，已采用改后的顺序和设置。</translation>
    </message>
    <message>
        <source>The layer “{layer}” uses a blend mode that ProdEdit lacks; it is shown as normal.</source>
        <translation>图层“{layer}”用了 ProdEdit 没有的混合模式，现按“正常”显示。</translation>
    </message>
    <message>
        <source>The layer “{layer}” is of a kind that ProdEdit can&apos;t read and was left out.</source>
        <translation>图层“{layer}”的类型 ProdEdit 读不了，未能打开。</translation>
    </message>
    <message>
        <source>The colours were made for print (CMYK) and were converted for the screen.</source>
        <translation>这是印刷用的颜色（CMYK），已转换为屏幕颜色。</translation>
    </message>
    <message>
        <source>The colours were converted from Lab.</source>
        <translation>颜色已从 Lab 转换过来。</translation>
    </message>
    <message>
        <source>This picture has {bits} bits a colour; it was opened with 8, finely dithered.</source>
        <translation>这张图片每种颜色为 {bits} 位，已转为 8 位打开，过渡依然平滑。</translation>
    </message>
    <message>
        <source>This raw photo was developed with the camera&apos;s own white balance; it was opened with 8 bits a colour.</source>
        <translation>此 RAW 照片已按相机自身的白平衡显影；以每色 8 位打开。</translation>
    </message>
    <message>
        <source>This picture stores brightness as fractions; it was opened with 8 bits a colour.</source>
        <translation>这张图片用小数记录亮度，已转为 8 位打开。</translation>
    </message>
    <message>
        <source>The colours were converted from {profile} to sRGB.</source>
        <translation>颜色已从 {profile} 转换为 sRGB。</translation>
    </message>
    <message>
        <source>The colour profile in this file is broken; the colours were taken as sRGB.</source>
        <translation>文件里的颜色配置已损坏，颜色按 sRGB 处理。</translation>
    </message>
    <message>
        <source>This is an animation; only the first of {frames} pictures was opened.</source>
        <translation>这是动图，共 {frames} 帧，只打开了第一帧。</translation>
    </message>
    <message>
        <source>This is an animation; only its first picture was opened.</source>
        <translation>这是动图，只打开了第一帧。</translation>
    </message>
    <message>
        <source>This file has {pages} pages; only the first was opened.</source>
        <translation>这个文件有 {pages} 页，只打开了第一页。</translation>
    </message>
    <message>
        <source>This picture is damaged; about {percent} % of it could be read.</source>
        <translation>这张图片已损坏，大约读出了 {percent}%。</translation>
    </message>
    <message>
        <source>Text and smart objects were opened as pixels: {layers}.</source>
        <translation>文字和智能对象已作为像素打开：{layers}。</translation>
    </message>
    <message>
        <source>Adjustments, effects or fills that ProdEdit lacks were left out, so the picture may look different: {layers}.</source>
        <translation>ProdEdit 没有的调整、效果或填充已略去，画面可能有所不同：{layers}。</translation>
    </message>
    <message>
        <source>These layers use a blend mode that ProdEdit lacks and are shown as normal: {layers}.</source>
        <translation>这些图层的混合模式 ProdEdit 没有，按正常模式显示：{layers}。</translation>
    </message>
    <message>
        <source>These layers are damaged and were opened empty: {layers}.</source>
        <translation>这些图层已损坏，打开后是空的：{layers}。</translation>
    </message>
    <message>
        <source>The layers of this file are not in RGB or grey; its merged picture was opened instead.</source>
        <translation>此文件的图层不是 RGB 或灰度，因此打开的是合并后的图像。</translation>
    </message>
    <message>
        <source>The layers of this file could not be read; its merged picture was opened instead.</source>
        <translation>无法读取此文件的图层，因此打开的是合并后的图像。</translation>
    </message>
    <message>
        <source>Another program changed the layer “{layer}” together with what is clipped to it; that picture was taken. Your own layers are kept below it, hidden.</source>
        <translation>其他程序把图层“{layer}”和剪贴到它上面的图层作为一张图片修改了；已采用那张图片。您自己的图层保留在它下方，处于隐藏状态。</translation>
    </message>
    <message>
        <source>It came after its group was measured, and is larger than the largest then: it fills its frame as that does. Begin the batch anew to measure the group again.</source>
        <translation>它在所属分组测量之后才加入，并且比当时最大的商品还大：它与最大的商品一样撑满画面。要重新测量该分组，请重新开始批处理。</translation>
    </message>
</context>
<context>
    <name>NothingToSet</name>
    <message>
        <source>There is nothing to set here.</source>
        <translation>此调整没有可设置的选项。</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>More</source>
        <translation>详情</translation>
    </message>
</context>
<context>
    <name>NumberField</name>
    <message>
        <source>“{text}” is not a number.</source>
        <translation>“{text}”不是数字。</translation>
    </message>
    <message>
        <source>Only {low} to {high} is possible here.</source>
        <translation>此处只能填 {low} 到 {high}。</translation>
    </message>
</context>
<context>
    <name>OddWindow</name>
    <message>
        <source>Find odd pictures</source>
        <translation>找出异常图片</translation>
    </message>
    <message>
        <source>Folder of pictures</source>
        <translation>图片文件夹</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>选择文件夹</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Cut products out onto white</source>
        <translation>把商品抠出，放到白底上</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>How odd</source>
        <translation>异常程度</translation>
    </message>
    <message>
        <source>Odd pictures</source>
        <translation>异常图片</translation>
    </message>
    <message>
        <source>Tells which pictures of a folder are least like what the generator has learned: other products, bad cut-outs, mistakes. 1 is usual; from about 2 on a look is worth it.</source>
        <translation>找出文件夹中与生成器学过的图片差别最大的图片：别的商品、没抠好的图、放错的图。1 为正常，约 2 以上值得看一看。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>查找</translation>
    </message>
</context>
<context>
    <name>OpeningView</name>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>Reading the layers of “{name}”…</source>
        <translation>正在读取“{name}”的图层…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>Outcome</name>
    <message>
        <source>Passes</source>
        <translation>合格</translation>
    </message>
    <message>
        <source>Fails</source>
        <translation>不合格</translation>
    </message>
    <message>
        <source>Please look</source>
        <translation>请确认</translation>
    </message>
</context>
<context>
    <name>Overview</name>
    <message>
        <source>Navigator</source>
        <translation>导航器</translation>
    </message>
    <message>
        <source>Drag the frame to see another part</source>
        <translation>拖动方框查看其他部分</translation>
    </message>
</context>
<context>
    <name>PaintOptions</name>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Hardness</source>
        <translation>硬度</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>不透明度</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>Flow</source>
        <translation>流量</translation>
    </message>
    <message>
        <source>Spacing</source>
        <translation>间距</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>Pen pressure: size</source>
        <translation>压感控制大小</translation>
    </message>
    <message>
        <source>Pen pressure: flow</source>
        <translation>压感控制流量</translation>
    </message>
    <message>
        <source>Aligned</source>
        <translation>对齐</translation>
    </message>
    <message>
        <source>The source goes along with the pointer between strokes</source>
        <translation>每次落笔时，取样点继续跟随指针移动</translation>
    </message>
    <message>
        <source>All layers</source>
        <translation>所有图层</translation>
    </message>
    <message>
        <source>Copy what the picture shows there, not the layer alone</source>
        <translation>复制画面上看到的内容，而不只是当前图层</translation>
    </message>
    <message>
        <source>Find source</source>
        <translation>自动取样</translation>
    </message>
    <message>
        <source>A place with the right texture is looked for; Alt+click names one</source>
        <translation>自动寻找纹理合适的地方；按住 Alt 点击可自己指定</translation>
    </message>
    <message>
        <source>Tones</source>
        <translation>色调范围</translation>
    </message>
    <message>
        <source>Shadows</source>
        <translation>阴影</translation>
    </message>
    <message>
        <source>Midtones</source>
        <translation>中间调</translation>
    </message>
    <message>
        <source>Highlights</source>
        <translation>高光</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Stronger</source>
        <translation>更鲜艳</translation>
    </message>
    <message>
        <source>Paler</source>
        <translation>更浅淡</translation>
    </message>
    <message>
        <source>Tolerance</source>
        <translation>容差</translation>
    </message>
    <message>
        <source>Joined</source>
        <translation>相连</translation>
    </message>
    <message>
        <source>Only what hangs together with the place clicked</source>
        <translation>只填充与点击处相连的部分</translation>
    </message>
    <message>
        <source>Smooth edge</source>
        <translation>边缘平滑</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>Straight</source>
        <translation>线性</translation>
    </message>
    <message>
        <source>Round</source>
        <translation>径向</translation>
    </message>
    <message>
        <source>Turning</source>
        <translation>角度</translation>
    </message>
    <message>
        <source>Mirrored</source>
        <translation>对称</translation>
    </message>
    <message>
        <source>Diamond</source>
        <translation>菱形</translation>
    </message>
    <message>
        <source>Foreground to background</source>
        <translation>前景色到背景色</translation>
    </message>
    <message>
        <source>Foreground to transparent</source>
        <translation>前景色到透明</translation>
    </message>
    <message>
        <source>The other way round</source>
        <translation>反向</translation>
    </message>
    <message>
        <source>Variant</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>取样大小</translation>
    </message>
    <message>
        <source>One pixel</source>
        <translation>单个像素</translation>
    </message>
    <message>
        <source>As it was at first</source>
        <translation>恢复初始值</translation>
    </message>
    <message>
        <source>More about the brush</source>
        <translation>更多画笔设置</translation>
    </message>
</context>
<context>
    <name>PaperCommands</name>
    <message>
        <source>Pictures for the contact sheet</source>
        <translation>选择图片目录所用的文件夹</translation>
    </message>
    <message>
        <source>{name} is on its way to the printer.</source>
        <translation>“{name}”已发送到打印机。</translation>
    </message>
    <message>
        <source>Saved: {name}</source>
        <translation>已保存：{name}</translation>
    </message>
    <message>
        <source>Chosen in the strip ({count})</source>
        <translation>图片条中选中的（{count}）</translation>
    </message>
    <message>
        <source>All in the strip ({count})</source>
        <translation>图片条中的全部（{count}）</translation>
    </message>
    <message>
        <source>Open pictures ({count})</source>
        <translation>已打开的图片（{count}）</translation>
    </message>
    <message>
        <source>Contact sheet</source>
        <translation>图片目录</translation>
    </message>
    <message>
        <source>Save as PDF</source>
        <translation>另存为 PDF</translation>
    </message>
    <message>
        <source>PDF document (*.pdf)</source>
        <translation>PDF 文档 (*.pdf)</translation>
    </message>
    <message>
        <source>Making {name}…</source>
        <translation>正在生成 {name}…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Contact sheet: {name}, pages: {pages}</source>
        <translation>图片目录：{name}，共 {pages} 页</translation>
    </message>
    <message>
        <source>Could not be read: {names}.</source>
        <translation>无法读取：{names}。</translation>
    </message>
</context>
<context>
    <name>PartSection</name>
    <message>
        <source>Look</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Paint</source>
        <translation>涂抹</translation>
    </message>
    <message>
        <source>Pull</source>
        <translation>拖点</translation>
    </message>
    <message>
        <source>On the picture</source>
        <translation>在图片上</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>画笔</translation>
    </message>
    <message>
        <source>Make this part anew</source>
        <translation>重做这一部分</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Press on a point of the product and pull it to where it should be.</source>
        <translation>按住商品上的一个点，拖到它该在的位置。</translation>
    </message>
    <message>
        <source>Only the painted part moves</source>
        <translation>只动涂抹的部分</translation>
    </message>
    <message>
        <source>Only look</source>
        <translation>只查看</translation>
    </message>
    <message>
        <source>Paint over a part of the picture</source>
        <translation>涂抹图片的一部分</translation>
    </message>
    <message>
        <source>Pull points of the product</source>
        <translation>拖动商品上的点</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
</context>
<context>
    <name>PartsSection</name>
    <message>
        <source>Which colours</source>
        <translation>哪些颜色</translation>
    </message>
</context>
<context>
    <name>PathEye</name>
    <message>
        <source>Show the path with every tool</source>
        <translation>用任何工具时都显示路径</translation>
    </message>
</context>
<context>
    <name>PathsPanel</name>
    <message>
        <source>Draw a path with the pen (P), or make one below.</source>
        <translation>用钢笔 (P) 绘制路径，或在下面生成一条。</translation>
    </message>
    <message>
        <source>New path</source>
        <translation>新建路径</translation>
    </message>
    <message>
        <source>Delete path</source>
        <translation>删除路径</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>Select what lies inside (Ctrl+Enter with the pen)</source>
        <translation>选择路径内部（钢笔工具下按 Ctrl+Enter）</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>蒙版</translation>
    </message>
    <message>
        <source>Only what lies inside shows of the layer</source>
        <translation>图层只显示路径内部</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>A new shape layer</source>
        <translation>新建形状图层</translation>
    </message>
    <message>
        <source>From selection</source>
        <translation>从选区</translation>
    </message>
    <message>
        <source>From mask</source>
        <translation>从蒙版</translation>
    </message>
    <message>
        <source>Clipping path</source>
        <translation>剪贴路径</translation>
    </message>
    <message>
        <source>Paths</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>How far a new path may miss the edge</source>
        <translation>新路径与边缘的允许偏差</translation>
    </message>
    <message>
        <source>Smaller: closer to the edge, with more points</source>
        <translation>数值越小越贴合边缘，锚点也越多</translation>
    </message>
    <message>
        <source>Layout programs cut the exported TIFF or JPEG out along this path.</source>
        <translation>排版软件会沿这条路径裁切导出的 TIFF 或 JPEG。</translation>
    </message>
    <message>
        <source>Select a part of the picture first.</source>
        <translation>请先选中图片的一部分。</translation>
    </message>
    <message>
        <source>This layer has no mask.</source>
        <translation>这个图层没有蒙版。</translation>
    </message>
    <message>
        <source>Rename path</source>
        <translation>重命名路径</translation>
    </message>
</context>
<context>
    <name>Pen</name>
    <message>
        <source>Path {number}</source>
        <translation>路径 {number}</translation>
    </message>
    <message>
        <source>Add point</source>
        <translation>添加锚点</translation>
    </message>
    <message>
        <source>Remove point</source>
        <translation>删除锚点</translation>
    </message>
    <message>
        <source>Move point</source>
        <translation>移动锚点</translation>
    </message>
    <message>
        <source>Close path</source>
        <translation>闭合路径</translation>
    </message>
    <message>
        <source>Bend line</source>
        <translation>弯曲线段</translation>
    </message>
    <message>
        <source>Move handle</source>
        <translation>移动手柄</translation>
    </message>
    <message>
        <source>Corner or curve</source>
        <translation>转换角点与曲线</translation>
    </message>
</context>
<context>
    <name>PhotoFilterSection</name>
    <message>
        <source>Filter</source>
        <translation>滤镜</translation>
    </message>
    <message>
        <source>Own colour</source>
        <translation>自定颜色</translation>
    </message>
</context>
<context>
    <name>PickGrid</name>
    <message>
        <source>{title} {number}</source>
        <translation>{title} {number}</translation>
    </message>
</context>
<context>
    <name>PickSlot</name>
    <message>
        <source>Choose a picture</source>
        <translation>选一张图片</translation>
    </message>
    <message>
        <source>The chosen picture</source>
        <translation>选中的图片</translation>
    </message>
    <message>
        <source>My photo</source>
        <translation>我的照片</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>Generated</source>
        <translation>生成的图片</translation>
    </message>
</context>
<context>
    <name>PictureCommands</name>
    <message>
        <source>Turn picture left</source>
        <translation>图片向左旋转</translation>
    </message>
    <message>
        <source>Turn picture right</source>
        <translation>图片向右旋转</translation>
    </message>
    <message>
        <source>Turn picture by 180°</source>
        <translation>图片旋转 180°</translation>
    </message>
    <message>
        <source>Flip picture left to right</source>
        <translation>图片左右翻转</translation>
    </message>
    <message>
        <source>Flip picture upside down</source>
        <translation>图片上下翻转</translation>
    </message>
    <message>
        <source>Flip layer left to right</source>
        <translation>图层左右翻转</translation>
    </message>
    <message>
        <source>Flip layer upside down</source>
        <translation>图层上下翻转</translation>
    </message>
</context>
<context>
    <name>PicturePoints</name>
    <message>
        <source>Black</source>
        <translation>黑场</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>灰场</translation>
    </message>
    <message>
        <source>White</source>
        <translation>白场</translation>
    </message>
    <message>
        <source>Then click in the picture what is to be black</source>
        <translation>然后在图片上点击应为黑色的地方</translation>
    </message>
    <message>
        <source>Then click in the picture what is to be a neutral grey</source>
        <translation>然后在图片上点击应为中性灰的地方</translation>
    </message>
    <message>
        <source>Then click in the picture what is to be white</source>
        <translation>然后在图片上点击应为白色的地方</translation>
    </message>
    <message>
        <source>Point from the picture</source>
        <translation>从图片取点</translation>
    </message>
</context>
<context>
    <name>PictureRow</name>
    <message>
        <source>Pictures of the folder</source>
        <translation>文件夹中的图片</translation>
    </message>
</context>
<context>
    <name>PicturesMenu</name>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Batch export…</source>
        <translation>批量导出…</translation>
    </message>
    <message>
        <source>Contact sheet…</source>
        <translation>图片目录…</translation>
    </message>
    <message>
        <source>Similar to this…</source>
        <translation>与此相似…</translation>
    </message>
    <message>
        <source>Find duplicates…</source>
        <translation>查找重复图片…</translation>
    </message>
    <message>
        <source>Show in its folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Stars</source>
        <translation>星级</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Apply recipe</source>
        <translation>应用方案</translation>
    </message>
    <message>
        <source>Check for</source>
        <translation>按平台规格检查</translation>
    </message>
    <message>
        <source>Several marketplaces…</source>
        <translation>多个平台…</translation>
    </message>
</context>
<context>
    <name>PicturesPage</name>
    <message>
        <source>Typical – unusual</source>
        <translation>常见 – 独特</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>Use the photo</source>
        <translation>用这张照片</translation>
    </message>
    <message>
        <source>From a sketch</source>
        <translation>按草图生成</translation>
    </message>
    <message>
        <source>Cut out on the canvas</source>
        <translation>放到画布时抠图</translation>
    </message>
    <message>
        <source>As it is</source>
        <translation>原尺寸</translation>
    </message>
    <message>
        <source>Size on the canvas</source>
        <translation>画布上的大小</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>张数</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>The same seed gives the same pictures again</source>
        <translation>相同的种子得到相同的图片</translation>
    </message>
    <message>
        <source>The photo on the chosen layer, to be changed and varied by the generator</source>
        <translation>所选图层上的照片，可用生成器调整和变化</translation>
    </message>
    <message>
        <source>The chosen layer is a rough idea; pictures that follow it come</source>
        <translation>所选图层是大致的想法，会按它生成图片</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>From your own picture</source>
        <translation>用自己的图片</translation>
    </message>
    <message>
        <source>Works on the chosen layer, best once its product is cut out.</source>
        <translation>作用于当前图层；先抠出商品效果最好。</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Another {count}</source>
        <translation>再来 {count} 张</translation>
    </message>
    <message>
        <source>Generate {count}</source>
        <translation>生成 {count} 张</translation>
    </message>
</context>
<context>
    <name>PicturesWork</name>
    <message>
        <source>Checked for “{name}”.</source>
        <translation>已按“{name}”检查完毕。</translation>
    </message>
    <message>
        <source>{count} pictures were written to “{folder}”.</source>
        <translation>已将 {count} 张图片写入“{folder}”。</translation>
    </message>
    <message>
        <source>{count} more pictures could not be made.</source>
        <translation>另有 {count} 张图片未能生成。</translation>
    </message>
    <message>
        <source>Folder for the results</source>
        <translation>选择结果文件夹</translation>
    </message>
</context>
<context>
    <name>Platform</name>
    <message>
        <source>AliExpress</source>
        <translation>速卖通</translation>
    </message>
    <message>
        <source>Amazon</source>
        <translation>亚马逊</translation>
    </message>
    <message>
        <source>eBay</source>
        <translation>eBay</translation>
    </message>
    <message>
        <source>Etsy</source>
        <translation>Etsy</translation>
    </message>
    <message>
        <source>Google</source>
        <translation>谷歌</translation>
    </message>
    <message>
        <source>JD</source>
        <translation>京东</translation>
    </message>
    <message>
        <source>Pinduoduo</source>
        <translation>拼多多</translation>
    </message>
    <message>
        <source>Shopify</source>
        <translation>Shopify</translation>
    </message>
    <message>
        <source>Taobao</source>
        <translation>淘宝</translation>
    </message>
    <message>
        <source>Tmall</source>
        <translation>天猫</translation>
    </message>
    <message>
        <source>Walmart</source>
        <translation>沃尔玛</translation>
    </message>
</context>
<context>
    <name>Preferences</name>
    <message>
        <source>Preferences</source>
        <translation>首选项</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>界面颜色</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Monitor</source>
        <translation>显示器</translation>
    </message>
    <message>
        <source>Computing</source>
        <translation>运算</translation>
    </message>
    <message>
        <source>Graphics card</source>
        <translation>显卡</translation>
    </message>
    <message>
        <source>Processors used</source>
        <translation>使用的处理器数</translation>
    </message>
    <message>
        <source>Memory for undo</source>
        <translation>撤销占用内存</translation>
    </message>
    <message>
        <source>Earlier versions kept</source>
        <translation>保留的历史版本数</translation>
    </message>
    <message>
        <source>Take along…</source>
        <translation>带走…</translation>
    </message>
    <message>
        <source>Bring in…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Another computer</source>
        <translation>另一台电脑</translation>
    </message>
    <message>
        <source>Language, computing and memory change at the next start.</source>
        <translation>语言、运算和内存设置在下次启动后生效。</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Graphics card if there is one</source>
        <translation>有显卡就用显卡</translation>
    </message>
    <message>
        <source>Processor only</source>
        <translation>只用处理器</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Of each project, beside its file, with the ending .bak</source>
        <translation>每个项目各自保留，存于文件旁边，扩展名为 .bak</translation>
    </message>
    <message>
        <source>As the system says</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Colours as they are</source>
        <translation>不校正颜色</translation>
    </message>
    <message>
        <source>By a profile…</source>
        <translation>按配置文件…</translation>
    </message>
    <message>
        <source>Colour profiles</source>
        <translation>颜色配置文件</translation>
    </message>
    <message>
        <source>“{name}” is no profile of a monitor, or is sRGB, which needs none.</source>
        <translation>“{name}”不是显示器配置文件，或者是无需校正的 sRGB。</translation>
    </message>
    <message>
        <source>ProdEdit for another computer</source>
        <translation>供另一台电脑使用的 ProdEdit 文件</translation>
    </message>
    <message>
        <source>Bring in</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>All there are</source>
        <translation>全部</translation>
    </message>
    <message>
        <source> MB</source>
        <translation> MB</translation>
    </message>
    <message>
        <source>A quarter of the memory</source>
        <translation>内存的四分之一</translation>
    </message>
</context>
<context>
    <name>Preset</name>
    <message>
        <source>AliExpress main picture</source>
        <translation>速卖通主图</translation>
    </message>
    <message>
        <source>Amazon main picture</source>
        <translation>亚马逊主图</translation>
    </message>
    <message>
        <source>Amazon further pictures</source>
        <translation>亚马逊附图</translation>
    </message>
    <message>
        <source>eBay</source>
        <translation>eBay</translation>
    </message>
    <message>
        <source>Etsy</source>
        <translation>Etsy</translation>
    </message>
    <message>
        <source>Google Merchant</source>
        <translation>Google Merchant</translation>
    </message>
    <message>
        <source>JD main picture</source>
        <translation>京东主图</translation>
    </message>
    <message>
        <source>Pinduoduo home banner</source>
        <translation>拼多多首页图</translation>
    </message>
    <message>
        <source>Pinduoduo detail</source>
        <translation>拼多多详情图</translation>
    </message>
    <message>
        <source>Pinduoduo long picture</source>
        <translation>拼多多长图</translation>
    </message>
    <message>
        <source>Pinduoduo carousel</source>
        <translation>拼多多轮播图</translation>
    </message>
    <message>
        <source>Shopify</source>
        <translation>Shopify</translation>
    </message>
    <message>
        <source>Taobao 3:4</source>
        <translation>淘宝 3:4 主图</translation>
    </message>
    <message>
        <source>Taobao main picture</source>
        <translation>淘宝主图</translation>
    </message>
    <message>
        <source>Taobao white background</source>
        <translation>淘宝白底图</translation>
    </message>
    <message>
        <source>Temu main picture</source>
        <translation>Temu 主图</translation>
    </message>
    <message>
        <source>Temu clothing 3:4</source>
        <translation>Temu 服装 3:4 图</translation>
    </message>
    <message>
        <source>TikTok Shop main picture</source>
        <translation>TikTok Shop 主图</translation>
    </message>
    <message>
        <source>Tmall activity</source>
        <translation>天猫活动图</translation>
    </message>
    <message>
        <source>Tmall transparent</source>
        <translation>天猫透明图</translation>
    </message>
    <message>
        <source>Walmart</source>
        <translation>沃尔玛</translation>
    </message>
    <message>
        <source>Walmart swatch</source>
        <translation>沃尔玛色样图</translation>
    </message>
</context>
<context>
    <name>PresetChoice</name>
    <message>
        <source>Marketplace</source>
        <translation>平台</translation>
    </message>
    <message>
        <source>No marketplace</source>
        <translation>不针对平台</translation>
    </message>
</context>
<context>
    <name>PresetsDialog</name>
    <message>
        <source>Presets</source>
        <translation>平台预设</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Marketplace</source>
        <translation>平台</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>How pictures are made</source>
        <translation>图片怎么做</translation>
    </message>
    <message>
        <source>What is checked</source>
        <translation>检查什么</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>This preset comes with ProdEdit. Copy it to change it.</source>
        <translation>此预设由 ProdEdit 自带。复制一份即可修改。</translation>
    </message>
    <message>
        <source>{name} (copy)</source>
        <translation>{name}（副本）</translation>
    </message>
    <message>
        <source>Import a preset</source>
        <translation>导入预设</translation>
    </message>
    <message>
        <source>Presets (*.json)</source>
        <translation>预设 (*.json)</translation>
    </message>
    <message>
        <source>Export the preset</source>
        <translation>导出预设</translation>
    </message>
</context>
<context>
    <name>PreviewPicture</name>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
</context>
<context>
    <name>PrintWindow</name>
    <message>
        <source>Print {name}</source>
        <translation>打印 {name}</translation>
    </message>
    <message>
        <source>The page</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Fit the page</source>
        <translation>适合页面</translation>
    </message>
    <message>
        <source>Actual size</source>
        <translation>实际尺寸</translation>
    </message>
    <message>
        <source>Size on paper</source>
        <translation>纸上尺寸</translation>
    </message>
    <message>
        <source> pixels per inch</source>
        <translation> 像素/英寸</translation>
    </message>
    <message>
        <source>Resolution</source>
        <translation>分辨率</translation>
    </message>
    <message>
        <source>Page set-up…</source>
        <translation>页面设置…</translation>
    </message>
    <message>
        <source>Save as PDF…</source>
        <translation>另存为 PDF…</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>打印…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>{width} × {height} mm on paper of {page_width} × {page_height} mm.</source>
        <translation>图片 {width} × {height} 毫米，纸张 {page_width} × {page_height} 毫米。</translation>
    </message>
    <message>
        <source>It is larger than the page: its edges are cut off.</source>
        <translation>图片大于页面，边缘会被裁掉。</translation>
    </message>
    <message>
        <source>It will look soft: there are few pixels for that size.</source>
        <translation>像素不足以支持此尺寸，打印会显得模糊。</translation>
    </message>
    <message>
        <source>PDF document (*.pdf)</source>
        <translation>PDF 文档 (*.pdf)</translation>
    </message>
    <message>
        <source>Save as PDF</source>
        <translation>另存为 PDF</translation>
    </message>
</context>
<context>
    <name>Problem</name>
    <message>
        <source>No picture was found: {names}.</source>
        <translation>没有找到图片：{names}。</translation>
    </message>
    <message>
        <source>The product has changed too much: SSIM {ssim}, at least {least} was asked for. Nothing was written.</source>
        <translation>商品变化过大：SSIM 为 {ssim}，要求至少 {least}。没有写入任何文件。</translation>
    </message>
    <message>
        <source>Nothing would be left of this picture: no product found.</source>
        <translation>没有找到商品，抠完就什么都不剩了。</translation>
    </message>
    <message>
        <source>This picture is transparent everywhere: nothing shows.</source>
        <translation>这张图片完全透明，没有可见内容。</translation>
    </message>
    <message>
        <source>The folder “{folder}” could not be made: {why}.</source>
        <translation>文件夹“{folder}”无法建立：{why}。</translation>
    </message>
    <message>
        <source>You are not allowed to write in the folder “{folder}”.</source>
        <translation>您没有权限写入文件夹“{folder}”。</translation>
    </message>
    <message>
        <source>There is not enough memory for this picture.</source>
        <translation>内存不够处理这张图片。</translation>
    </message>
    <message>
        <source>This picture failed for a reason nobody foresaw: {error}</source>
        <translation>这张图片处理失败，原因不明：{error}</translation>
    </message>
    <message>
        <source>“{name}” is the name of one file, but there are {count} pictures. Name a folder.</source>
        <translation>“{name}”是单个文件的名字，但图片有 {count} 张。请指定文件夹。</translation>
    </message>
    <message>
        <source>“{name}” is a file. Name a folder for the results.</source>
        <translation>“{name}”是文件。请指定存放结果的文件夹。</translation>
    </message>
    <message>
        <source>“{name}” would overwrite a picture that is to be read. Photos are never changed: choose another folder or name.</source>
        <translation>“{name}”会覆盖要读取的图片。原照片不会被改动，请换个文件夹或名字。</translation>
    </message>
    <message>
        <source>This picture has no mask to save.</source>
        <translation>这张图片没有可保存的蒙版。</translation>
    </message>
    <message>
        <source>Pictures can&apos;t be written as “{suffix}”. There are: {known}.</source>
        <translation>图片不能存为“{suffix}”，可选：{known}。</translation>
    </message>
    <message>
        <source>The name “{name}” does not fit the format {format}.</source>
        <translation>文件名“{name}”与格式 {format} 不符。</translation>
    </message>
    <message>
        <source>JPEG has no transparency. Choose a background colour, or PNG.</source>
        <translation>JPEG 不支持透明。请选择背景颜色，或改用 PNG。</translation>
    </message>
    <message>
        <source>“{word}” is neither “transparent”, nor a colour like #FFFFFF, nor a picture.</source>
        <translation>“{word}”既不是“transparent”，也不是 #FFFFFF 这样的颜色，也不是图片。</translation>
    </message>
    <message>
        <source>The model {model} is not on this computer yet. Run: {command}</source>
        <translation>这台电脑上还没有模型 {model}。请运行：{command}</translation>
    </message>
    <message>
        <source>The layer “{name}” has no cut-out yet. Remove its background first.</source>
        <translation>图层“{name}”还没有抠图，请先抠图。</translation>
    </message>
    <message>
        <source>“{name}” is a layer, not a group.</source>
        <translation>“{name}”是图层，不是组。</translation>
    </message>
    <message>
        <source>A group cannot be moved into itself.</source>
        <translation>不能把组移到它自己里面。</translation>
    </message>
    <message>
        <source>There is no blend mode “{mode}”.</source>
        <translation>没有“{mode}”这种混合模式。</translation>
    </message>
    <message>
        <source>This picture has no layer “{layer}”.</source>
        <translation>这张图片里没有图层“{layer}”。</translation>
    </message>
    <message>
        <source>The layer “{name}” is locked. Unlock it to change it.</source>
        <translation>图层“{name}”已锁定，解锁后才能修改。</translation>
    </message>
    <message>
        <source>This step does not fit the picture: its layer “{layer}” is of another kind.</source>
        <translation>这个步骤不适合这张图片：图层“{layer}”的类型不符。</translation>
    </message>
    <message>
        <source>The mask is {mask_width} x {mask_height} pixels, the picture {width} x {height}. Choose a mask of the picture&apos;s size.</source>
        <translation>蒙版是 {mask_width} × {mask_height} 像素，图片是 {width} × {height}。请选择与图片同样大小的蒙版。</translation>
    </message>
    <message>
        <source>“{colour}” is not a colour. Write it like #FFFFFF.</source>
        <translation>“{colour}”不是颜色，请写成 #FFFFFF 这样的形式。</translation>
    </message>
    <message>
        <source>This was written by a newer version of ProdEdit. Install ProdEdit {needed} or newer to open it.</source>
        <translation>此文件由较新版本的 ProdEdit 写成。请安装 ProdEdit {needed} 或更新版本后再打开。</translation>
    </message>
    <message>
        <source>This was written by a newer version of ProdEdit. Update ProdEdit to open it.</source>
        <translation>这是用更新版本的 ProdEdit 保存的，请升级后再打开。</translation>
    </message>
    <message>
        <source>The description of the layers is damaged: {why}.</source>
        <translation>图层信息已损坏：{why}。</translation>
    </message>
    <message>
        <source>This was written by another version of ProdEdit, or is damaged: {why}.</source>
        <translation>这是用另一版本的 ProdEdit 保存的，或者已损坏：{why}。</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>已停止。</translation>
    </message>
    <message>
        <source>Something unexpected went wrong. Your picture is unchanged; please try again.</source>
        <translation>出了点意外。图片没有改动，请再试一次。</translation>
    </message>
    <message>
        <source>The last steps on “{name}” could not be got back.</source>
        <translation>“{name}”最后几步没能恢复。</translation>
    </message>
    <message>
        <source>The model card {name} can&apos;t be used: {why}.</source>
        <translation>模型说明 {name} 无法使用：{why}。</translation>
    </message>
    <message>
        <source>The model “{model}” is not for cutting out.</source>
        <translation>模型“{model}”不能用来抠图。</translation>
    </message>
    <message>
        <source>The model “{model}” gave no usable answer. Try the other quality.</source>
        <translation>模型“{model}”没给出可用的结果，请换一种抠图质量试试。</translation>
    </message>
    <message>
        <source>This is already part of the product.</source>
        <translation>这里已经属于商品了。</translation>
    </message>
    <message>
        <source>There is nothing to take away here.</source>
        <translation>这里没有可去掉的东西。</translation>
    </message>
    <message>
        <source>No product was found in this picture. Choose “Click on it” and click the product.</source>
        <translation>没在图中找到商品。请选择“点选”，再点击商品。</translation>
    </message>
    <message>
        <source>No object could be told apart here. Click nearer to its middle, or paint it with the brush.</source>
        <translation>这里分辨不出物体。请点得靠近它的中间一些，或用画笔涂。</translation>
    </message>
    <message>
        <source>Click inside the picture.</source>
        <translation>请点在图片里面。</translation>
    </message>
    <message>
        <source>The layer “{name}” has no mask.</source>
        <translation>图层“{name}”没有蒙版。</translation>
    </message>
    <message>
        <source>Nothing is selected. Select a part of the picture first.</source>
        <translation>没有选中任何内容。请先选中图片的一部分。</translation>
    </message>
    <message>
        <source>Nothing would be left selected.</source>
        <translation>这样就什么都选不中了。</translation>
    </message>
    <message>
        <source>The layer “{name}” holds no photo. Choose one that does.</source>
        <translation>图层“{name}”里没有照片，请选择有照片的图层。</translation>
    </message>
    <message>
        <source>{name} has to be a number from 1, not {value}.</source>
        <translation>{name} 应为不小于 1 的数字，不能是 {value}。</translation>
    </message>
    <message>
        <source>There is no device called {name}. Choose one of: {choices}.</source>
        <translation>没有叫 {name} 的设备，可选：{choices}。</translation>
    </message>
    <message>
        <source>The device {name} does not work here. Choose “auto” or “cpu” instead.</source>
        <translation>设备 {name} 在这台电脑上用不了，请改选“auto”或“cpu”。</translation>
    </message>
    <message>
        <source>This is not a usable ONNX file: {why}.</source>
        <translation>这个 ONNX 文件无法使用：{why}。</translation>
    </message>
    <message>
        <source>This model keeps part of itself in other files, which ProdEdit does not open. Save it as one ONNX file without external data.</source>
        <translation>这个模型有一部分存在别的文件里，ProdEdit 不会打开。请把它存成不带外部数据的单个 ONNX 文件。</translation>
    </message>
    <message>
        <source>The picture engine stopped while working on this picture. Nothing was changed; try again.</source>
        <translation>处理这张图片时，图片引擎意外停止。图片没有改动，请再试一次。</translation>
    </message>
    <message>
        <source>The computer ran out of memory while working on this picture, so the picture engine was ended. Nothing was changed. Close other programs or pictures, or make the picture smaller, and try again.</source>
        <translation>处理这张图片时电脑内存不足，图像引擎因此被结束。没有任何更改。请关闭其他程序或图片，或缩小图片，然后重试。</translation>
    </message>
    <message>
        <source>The picture engine did not answer any more while working on this picture, and was started anew. Nothing was changed; try again.</source>
        <translation>处理这张图片时，图片引擎没有响应，已重新启动。图片没有改动，请再试一次。</translation>
    </message>
    <message>
        <source>The picture engine stopped several times, so this picture was given up. Nothing was changed. Close other programs to free memory, then try again.</source>
        <translation>图片引擎多次停止，已放弃处理这张图片。图片没有改动。请关闭其他软件腾出内存，再试一次。</translation>
    </message>
    <message>
        <source>There is not enough memory to start the picture engine. Close other programs, then try again.</source>
        <translation>内存不足，无法启动图像引擎。请关闭其他程序，然后重试。</translation>
    </message>
    <message>
        <source>The picture engine can&apos;t be started. Restart the computer; if that does not help, install ProdEdit again.</source>
        <translation>图片引擎无法启动。请重启电脑；如果还不行，请重新安装 ProdEdit。</translation>
    </message>
    <message>
        <source>The picture engine belongs to another version of ProdEdit. Install ProdEdit again.</source>
        <translation>图片引擎与当前版本的 ProdEdit 不匹配，请重新安装 ProdEdit。</translation>
    </message>
    <message>
        <source>ProdEdit is closing, so nothing new can be started.</source>
        <translation>ProdEdit 正在关闭，不能再开始新的任务。</translation>
    </message>
    <message>
        <source>This picture could not be handed to the picture engine ({error}).</source>
        <translation>这张图片没能交给图片引擎（{error}）。</translation>
    </message>
    <message>
        <source>The picture engine failed on this picture ({error}). Nothing was changed; try again, or try another model.</source>
        <translation>图片引擎处理这张图片时出错（{error}）。图片没有改动，请再试一次，或换个模型。</translation>
    </message>
    <message>
        <source>The graphics card stopped working on this picture. Nothing was changed; try again.</source>
        <translation>显卡处理这张图片时中断。图片没有改动，请再试一次。</translation>
    </message>
    <message>
        <source>There is not enough memory for this picture. Close other programs or pictures, or make the picture smaller, and try again.</source>
        <translation>内存不够处理这张图片。请关闭其他软件或图片，或把图片缩小，再试一次。</translation>
    </message>
    <message>
        <source>This version of ProdEdit can&apos;t do this: {task}.</source>
        <translation>当前版本的 ProdEdit 做不了这件事：{task}。</translation>
    </message>
    <message>
        <source>The network gave no usable result for this picture. Nothing was changed; try another model.</source>
        <translation>这张图片没有得到可用的结果。图片没有改动，请换个模型试试。</translation>
    </message>
    <message>
        <source>No product was found that stands out from its background. Nothing was changed; try another model, or select the product by hand.</source>
        <translation>没找到能与背景区分开的商品。图片没有改动，请换个模型，或手动选出商品。</translation>
    </message>
    <message>
        <source>There is no model called {name}. There are: {known}.</source>
        <translation>没有叫 {name} 的模型，现有：{known}。</translation>
    </message>
    <message>
        <source>The model {title} is not on this computer yet. Get it with: {command}</source>
        <translation>这台电脑上还没有模型 {title}。获取命令：{command}</translation>
    </message>
    <message>
        <source>The file of the model {title} is damaged or was changed, so it is not used. Get it again with: {command}</source>
        <translation>模型 {title} 的文件已损坏或被改动，不予使用。重新获取的命令：{command}</translation>
    </message>
    <message>
        <source>The file of the model {title} that came with ProdEdit is damaged, so it is not used. Please install ProdEdit again.</source>
        <translation>随 ProdEdit 安装的模型 {title} 的文件已损坏，因此不会使用。请重新安装 ProdEdit。</translation>
    </message>
    <message>
        <source>What came for the model {title} is not the file that was expected, so it was thrown away; nothing was changed.</source>
        <translation>收到的不是模型 {title} 应有的文件，已丢弃；其他一切照旧。</translation>
    </message>
    <message>
        <source>The model could not be brought: {tool} reached no network. Check the connection, or the proxy and mirror settings of {tool}.</source>
        <translation>模型获取失败：{tool} 连不上网络。请检查网络，或 {tool} 的代理和镜像设置。</translation>
    </message>
    <message>
        <source>The package {package} that carries the model is not where {tool} looks for packages.</source>
        <translation>{tool} 没有找到带有该模型的软件包 {package}。</translation>
    </message>
    <message>
        <source>The model could not be brought: {tool} is not there to bring packages with.</source>
        <translation>模型获取失败：找不到用来下载软件包的 {tool}。</translation>
    </message>
    <message>
        <source>The model could not be brought: {tool} failed. {why}</source>
        <translation>模型获取失败：{tool} 出错。{why}</translation>
    </message>
    <message>
        <source>The package {package} came, but the model&apos;s file is not in it.</source>
        <translation>软件包 {package} 已收到，但里面没有模型文件。</translation>
    </message>
    <message>
        <source>The model {title} can&apos;t be brought from anywhere: add its file again.</source>
        <translation>模型 {title} 没有可下载的来源，请重新添加它的文件。</translation>
    </message>
    <message>
        <source>The disk is full: the model could not be stored in {folder}.</source>
        <translation>磁盘已满，模型没能存到 {folder}。</translation>
    </message>
    <message>
        <source>ProdEdit may not write in the folder {folder}.</source>
        <translation>ProdEdit 没有权限写入文件夹 {folder}。</translation>
    </message>
    <message>
        <source>The model could not be stored in {folder}: {why}.</source>
        <translation>模型没能存到 {folder}：{why}。</translation>
    </message>
    <message>
        <source>{name} is a PyTorch checkpoint. Opening one can run any program hidden in it, so ProdEdit does not. Convert the model to ONNX first.</source>
        <translation>{name} 是 PyTorch 格式的模型，打开它可能会运行暗藏的程序，所以 ProdEdit 不会打开。请先把模型转换为 ONNX。</translation>
    </message>
    <message>
        <source>{name} can&apos;t be used for this: {why}.</source>
        <translation>{name} 不能用在这里：{why}。</translation>
    </message>
    <message>
        <source>The model {title} gave no usable answer for this picture; it was not used.</source>
        <translation>模型 {title} 没能给出这张图片的可用结果，未采用。</translation>
    </message>
    <message>
        <source>“{file}” was not saved: the disk is full. Free some space or choose another place.</source>
        <translation>“{file}”没有保存：磁盘已满。请清理空间，或换个位置。</translation>
    </message>
    <message>
        <source>“{file}” was not saved: your share of the disk is used up. Free some space or choose another place.</source>
        <translation>“{file}”没有保存：您的磁盘配额已用完。请清理空间，或换个位置。</translation>
    </message>
    <message>
        <source>“{file}” was not saved: this disk can&apos;t be written to. Choose another place.</source>
        <translation>“{file}”没有保存：这个磁盘不能写入。请换个位置。</translation>
    </message>
    <message>
        <source>“{file}” was not saved: you are not allowed to write in this folder. Choose another one.</source>
        <translation>“{file}”没有保存：您没有权限写入这个文件夹。请换一个文件夹。</translation>
    </message>
    <message>
        <source>“{file}” was not saved: the old file is protected against changes. Choose another name.</source>
        <translation>“{file}”没有保存：原有的同名文件受保护，不能改动。请换个名字。</translation>
    </message>
    <message>
        <source>“{file}” was not saved: its folder is not there any more. Choose another one.</source>
        <translation>“{file}”没有保存：所在的文件夹已不存在。请换一个文件夹。</translation>
    </message>
    <message>
        <source>“{file}” was not saved: the name is too long. Choose a shorter one.</source>
        <translation>“{file}”没有保存：文件名太长。请取个短一点的名字。</translation>
    </message>
    <message>
        <source>“{file}” was not saved: there is a folder of that name. Choose another name.</source>
        <translation>“{file}”没有保存：已有同名的文件夹。请换个名字。</translation>
    </message>
    <message>
        <source>“{file}” was not saved: another program is using it. Close it there and save again.</source>
        <translation>“{file}”没有保存：其他软件正在使用它。请在那边关闭后再保存。</translation>
    </message>
    <message>
        <source>“{file}” was not saved: the disk reported an error. Save it in another place.</source>
        <translation>“{file}”没有保存：磁盘报错。请存到别的位置。</translation>
    </message>
    <message>
        <source>“{file}” was not saved: what arrived on the disk was not what was written. Save it in another place.</source>
        <translation>“{file}”没有保存：磁盘上的内容与写入的不一致。请存到别的位置。</translation>
    </message>
    <message>
        <source>{format} files can be {limit} pixels wide and high at most; this picture is {width} × {height}.</source>
        <translation>{format} 文件的宽和高最多 {limit} 像素，这张图片是 {width} × {height}。</translation>
    </message>
    <message>
        <source>Your steps can&apos;t be kept against a crash: {why}. Save the document soon.</source>
        <translation>无法为防意外记录操作步骤：{why}。请尽快保存。</translation>
    </message>
    <message>
        <source>“{name}” can&apos;t be got back: its recovery data is damaged. It is kept in “{folder}”.</source>
        <translation>“{name}”无法恢复：恢复数据已损坏，保留在“{folder}”。</translation>
    </message>
    <message>
        <source>The pictures in this file are too large to be opened.</source>
        <translation>这个文件里的图片太大，打不开。</translation>
    </message>
    <message>
        <source>“{file}” can&apos;t be read: {why}.</source>
        <translation>“{file}”读不了：{why}。</translation>
    </message>
    <message>
        <source>There is not enough memory to open “{file}”.</source>
        <translation>内存不够，打不开“{file}”。</translation>
    </message>
    <message>
        <source>There is no picture in this file that could be read; it is damaged.</source>
        <translation>文件已损坏，里面没有能读出的图片。</translation>
    </message>
    <message>
        <source>This is not a project file that can be opened: {why}.</source>
        <translation>这个项目文件打不开：{why}。</translation>
    </message>
    <message>
        <source>This file is empty.</source>
        <translation>这个文件是空的。</translation>
    </message>
    <message>
        <source>This file is not there any more. It may have been moved or deleted.</source>
        <translation>这个文件已不在原处，可能被移动或删除了。</translation>
    </message>
    <message>
        <source>This is a folder, not a picture.</source>
        <translation>这是文件夹，不是图片。</translation>
    </message>
    <message>
        <source>This is not a file with a picture in it.</source>
        <translation>这不是图片文件。</translation>
    </message>
    <message>
        <source>You are not allowed to read this file.</source>
        <translation>您没有权限读取这个文件。</translation>
    </message>
    <message>
        <source>The name of this file is too long to open it.</source>
        <translation>文件名太长，打不开。</translation>
    </message>
    <message>
        <source>This file could not be read. Check the disk or the connection it is on.</source>
        <translation>这个文件读不出来。请检查它所在的磁盘或网络连接。</translation>
    </message>
    <message>
        <source>This is not a picture that can be opened here. JPEG, PNG, WebP, AVIF, HEIC, TIFF, PSD, BMP, GIF and JPEG 2000 can.</source>
        <translation>这种图片打不开。可以打开 JPEG、PNG、WebP、AVIF、HEIC、TIFF、PSD、BMP、GIF 和 JPEG 2000。</translation>
    </message>
    <message>
        <source>This is a {kind} file, a drawing or page and not a photo. Export it as PNG and open that.</source>
        <translation>这是 {kind} 文件，是图形或页面，不是照片。请先导出为 PNG 再打开。</translation>
    </message>
    <message>
        <source>This drawing shows pictures, fonts or styles that lie outside of it, and is not opened for that. Export it with everything embedded, or as PNG.</source>
        <translation>这个矢量图引用了文件之外的图片、字体或样式，因此没有打开。请把内容全部嵌入后再导出，或导出为 PNG。</translation>
    </message>
    <message>
        <source>This is a {kind} file. Export it as PNG or TIFF and open that.</source>
        <translation>这是 {kind} 文件。请先导出为 PNG 或 TIFF 再打开。</translation>
    </message>
    <message>
        <source>This is a raw camera file. Export it as TIFF or JPEG and open that.</source>
        <translation>这是相机 RAW 文件。请先导出为 TIFF 或 JPEG 再打开。</translation>
    </message>
    <message>
        <source>This is a HEIC photo, and what reads those is not installed. Save it as JPEG and open that.</source>
        <translation>这是 HEIC 照片，还没有安装读取它的组件。请先存成 JPEG 再打开。</translation>
    </message>
    <message>
        <source>This {kind} file is of a rare kind that can&apos;t be opened. Save it as PNG and open that.</source>
        <translation>这个 {kind} 文件的类型很少见，打不开。请先存成 PNG 再打开。</translation>
    </message>
    <message>
        <source>This file has {megabytes} MB. Files of up to {limit} MB can be opened.</source>
        <translation>这个文件有 {megabytes} MB，最大可打开 {limit} MB。</translation>
    </message>
    <message>
        <source>This picture has {megapixels} million pixels. Up to {limit} million can be opened.</source>
        <translation>这张图片有 {megapixels} 百万像素，最多可打开 {limit} 百万像素。</translation>
    </message>
    <message>
        <source>This picture is {width} × {height} pixels. Up to {limit} pixels a side can be opened.</source>
        <translation>这张图片是 {width} × {height} 像素，每边最多可打开 {limit} 像素。</translation>
    </message>
    <message>
        <source>This picture is damaged: only about {percent} % of it can be read. You can open what is left or choose another.</source>
        <translation>这张图片已损坏，大约只能读出 {percent}%。可以打开剩余部分，或另选一张。</translation>
    </message>
    <message>
        <source>This picture is damaged and can&apos;t be opened.</source>
        <translation>这张图片已损坏，打不开。</translation>
    </message>
    <message>
        <source>There is not enough memory for this picture. Close other programs or pictures and try again.</source>
        <translation>内存不够打开这张图片。请关闭其他软件或图片，再试一次。</translation>
    </message>
    <message>
        <source>This picture could not be opened within {seconds} seconds. It may be damaged.</source>
        <translation>这张图片 {seconds} 秒内没能打开，可能已损坏。</translation>
    </message>
    <message>
        <source>This picture is damaged so badly that reading it was stopped.</source>
        <translation>这张图片损坏严重，已停止读取。</translation>
    </message>
    <message>
        <source>The part of the program that reads pictures does not start. Install the program again.</source>
        <translation>读取图片的组件无法启动，请重新安装程序。</translation>
    </message>
    <message>
        <source>There is no kind of picture called “{name}”.</source>
        <translation>没有“{name}”这种图片格式。</translation>
    </message>
    <message>
        <source>There is no layer to paint on. Choose one first.</source>
        <translation>没有可以涂的图层，请先选择一个。</translation>
    </message>
    <message>
        <source>“{name}” has no pixels to paint on. Choose a photo, or make a new layer for it.</source>
        <translation>“{name}”没有可以绘制的像素。请选择照片图层，或新建一个图层。</translation>
    </message>
    <message>
        <source>The layer “{name}” is hidden. Show it to paint on it.</source>
        <translation>图层“{name}”已隐藏，显示出来才能涂。</translation>
    </message>
    <message>
        <source>The cut-out of “{name}” is switched off. Switch it on to correct it.</source>
        <translation>“{name}”的抠图已停用，启用后才能精修。</translation>
    </message>
    <message>
        <source>“{file}” was not saved: another window or program has changed it meanwhile. Choose “Save as…” and another name, or the same to replace it.</source>
        <translation>“{file}”没有保存：另一个窗口或程序在此期间改动了它。请选择“另存为…”换个名字，或用原名替换它。</translation>
    </message>
    <message>
        <source>“{name}” is open in another window of ProdEdit, too. Changes made there are not seen here.</source>
        <translation>“{name}”也在 ProdEdit 的另一个窗口中打开着。那里的改动在这里看不到。</translation>
    </message>
    <message>
        <source>The transparency of “{name}” is locked. Unlock it to clear a part of the layer.</source>
        <translation>“{name}”的透明区域已锁定。请先解锁，再清除图层的一部分。</translation>
    </message>
    <message>
        <source>The selection does not touch the layer “{name}”.</source>
        <translation>选区没有碰到图层“{name}”。</translation>
    </message>
    <message>
        <source>There is not enough memory to write this picture.</source>
        <translation>内存不足，无法写入此图片。</translation>
    </message>
    <message>
        <source>The picture was not written: the part of the program that makes such files stopped. Try again, or choose another format.</source>
        <translation>图片未能写入：程序中生成此类文件的部分已停止。请重试，或选择其他格式。</translation>
    </message>
    <message>
        <source>Text cannot be drawn here: no fonts are loaded.</source>
        <translation>这里无法绘制文字：没有加载字体。</translation>
    </message>
    <message>
        <source>A text layer holds up to {most} letters. Make a second one.</source>
        <translation>一个文字图层最多 {most} 个字。请再建一个。</translation>
    </message>
    <message>
        <source>A shape is filled with a colour or a gradient.</source>
        <translation>形状只能用颜色或渐变填充。</translation>
    </message>
    <message>
        <source>Text and shapes can&apos;t be of that size: {value}.</source>
        <translation>文字和形状不能是这个尺寸：{value}。</translation>
    </message>
    <message>
        <source>“{name}” holds no pixels to change. Choose a photo, or add an adjustment layer.</source>
        <translation>“{name}”里没有可以更改的像素。请选择照片，或新建调整图层。</translation>
    </message>
    <message>
        <source>There is no layer below “{name}” that it could be clipped to.</source>
        <translation>“{name}”下方没有可以剪贴到的图层。</translation>
    </message>
    <message>
        <source>“{name}” would become too small or too large to be seen. Nothing was changed.</source>
        <translation>“{name}”会变得太小或太大，看不见了。没有做任何更改。</translation>
    </message>
    <message>
        <source>There is no photo in this layer. Choose the product&apos;s layer first.</source>
        <translation>这个图层里没有照片。请先选择商品所在的图层。</translation>
    </message>
    <message>
        <source>“{name}” is empty: there is nothing to make pixels of.</source>
        <translation>“{name}”是空的，没有可以变成像素的内容。</translation>
    </message>
    <message>
        <source>“{name}” is too large to become pixels. Make it smaller first.</source>
        <translation>“{name}”太大，无法变成像素。请先把它缩小。</translation>
    </message>
    <message>
        <source>This is not a colour table. Choose a .cube file.</source>
        <translation>这不是颜色查找表。请选择 .cube 文件。</translation>
    </message>
    <message>
        <source>This colour table has {size} steps a side. 2 to {limit} can be used.</source>
        <translation>此颜色查找表每边有 {size} 级，可使用 2 到 {limit} 级。</translation>
    </message>
    <message>
        <source>This colour table is damaged: it has {found} colours instead of {wanted}.</source>
        <translation>此颜色查找表已损坏：有 {found} 个颜色，应为 {wanted} 个。</translation>
    </message>
    <message>
        <source>This colour table is damaged: line {line} is not a colour.</source>
        <translation>此颜色查找表已损坏：第 {line} 行不是颜色。</translation>
    </message>
    <message>
        <source>This file holds two colour tables, one for the other. Export it as one 3D table.</source>
        <translation>此文件含有两个前后相接的颜色查找表。请导出为一个 3D 查找表。</translation>
    </message>
    <message>
        <source>This colour table is damaged: the range of its colours is empty.</source>
        <translation>此颜色查找表已损坏：其颜色范围为空。</translation>
    </message>
    <message>
        <source>The four corners would cross each other. Drag them further apart.</source>
        <translation>四个角会相互交叉。请把它们拖得更开一些。</translation>
    </message>
    <message>
        <source>A layer would reach beyond the horizon. Choose corners that are less slanted.</source>
        <translation>有图层会超出地平线。请选择不那么倾斜的四角。</translation>
    </message>
    <message>
        <source>The four corners cross each other. Drag them to the product&apos;s corners.</source>
        <translation>四个角互相交叉了。请把它们拖到商品的四角。</translation>
    </message>
    <message>
        <source>{width} x {height} pixels are too many. Choose at most {longest} on a side and {most} megapixels.</source>
        <translation>{width} x {height} 像素太多了。每边最多 {longest}，总共最多 {most} 百万像素。</translation>
    </message>
    <message>
        <source>There is nothing in this frame. Choose one of at least one pixel.</source>
        <translation>这个框里什么也没有。请至少框住一个像素。</translation>
    </message>
    <message>
        <source>A path can&apos;t go so far out of the picture.</source>
        <translation>路径不能超出图片这么远。</translation>
    </message>
    <message>
        <source>This picture has no path “{path}”.</source>
        <translation>这张图片里没有路径“{path}”。</translation>
    </message>
    <message>
        <source>Only layers of the same group can be merged.</source>
        <translation>只有同一组里的图层才能合并。</translation>
    </message>
    <message>
        <source>“{name}” has a mask already. Remove that one first.</source>
        <translation>“{name}”已经有蒙版，请先删除它。</translation>
    </message>
    <message>
        <source>There is no picture to paste. Copy one first.</source>
        <translation>剪贴板里没有图片。请先复制一张。</translation>
    </message>
    <message>
        <source>There is nothing to copy: this place is empty.</source>
        <translation>这里是空的，没有可复制的内容。</translation>
    </message>
    <message>
        <source>Nothing was selected before.</source>
        <translation>之前没有选过任何内容。</translation>
    </message>
    <message>
        <source>The picture was changed meanwhile. Please try again.</source>
        <translation>图片刚才有改动，请再试一次。</translation>
    </message>
    <message>
        <source>There is no layer below “{name}” to merge it with.</source>
        <translation>“{name}”下方没有可以合并的图层。</translation>
    </message>
    <message>
        <source>“{name}” is hidden. Show it, or choose other layers.</source>
        <translation>“{name}”已隐藏。请显示它，或选择别的图层。</translation>
    </message>
    <message>
        <source>These layers show nothing that could be merged.</source>
        <translation>这些图层没有显示任何可以合并的内容。</translation>
    </message>
    <message>
        <source>“{name}” changes what lies below. Merge it with that instead.</source>
        <translation>“{name}”只改变下方的内容。请把它和下方图层合并。</translation>
    </message>
    <message>
        <source>“{name}” has no pixels that its mask could go into. Rasterise it first.</source>
        <translation>“{name}”没有可以应用蒙版的像素，请先栅格化。</translation>
    </message>
    <message>
        <source>Choose at least three layers that can be seen.</source>
        <translation>请至少选择三个看得见的图层。</translation>
    </message>
    <message>
        <source>There is nothing to see of these layers.</source>
        <translation>这些图层没有看得见的内容。</translation>
    </message>
    <message>
        <source>No effects were copied yet. Copy some first.</source>
        <translation>还没有复制过效果，请先复制。</translation>
    </message>
    <message>
        <source>There is nothing below that could be adjusted.</source>
        <translation>下方没有可以调整的内容。</translation>
    </message>
    <message>
        <source>“{name}” is blended in a way that pixels alone can&apos;t show. Merge it down instead.</source>
        <translation>“{name}”的混合方式无法直接写入像素。请改用向下合并。</translation>
    </message>
    <message>
        <source>Only one layer at a time can be warped. Choose a picture, a text or a shape.</source>
        <translation>一次只能变形一个图层。请选择一张图片、一段文字或一个形状。</translation>
    </message>
    <message>
        <source>This layer covers the whole picture. Choose one that has a place in it.</source>
        <translation>这个图层盖住整张图片。请选择有自己位置的图层。</translation>
    </message>
    <message>
        <source>There is nothing in this layer to transform.</source>
        <translation>这个图层里没有可以变换的内容。</translation>
    </message>
    <message>
        <source>There is no product to be seen in this layer. Choose its layer first.</source>
        <translation>这个图层里看不到商品。请先选择商品所在的图层。</translation>
    </message>
    <message>
        <source>“{typed}” is no proportion. Type width and height, such as 4:5.</source>
        <translation>“{typed}”不是比例。请输入宽和高，例如 4:5。</translation>
    </message>
    <message>
        <source>What is selected is too small, or too soft, for a path round it.</source>
        <translation>选中的部分太小或太柔和，无法生成路径。</translation>
    </message>
    <message>
        <source>This path goes round nothing in the picture. Add points to it first.</source>
        <translation>这条路径没有围住图片中的任何内容，请先添加锚点。</translation>
    </message>
    <message>
        <source>This selection is too fine for a path. Smooth it first, or feather it less.</source>
        <translation>选区过于细碎，无法转为路径。请先平滑选区或减小羽化。</translation>
    </message>
    <message>
        <source>A part of “{name}” can&apos;t be transformed: it is no plain picture. Rasterise it first, or deselect to transform all of it.</source>
        <translation>“{name}”不是普通图片，无法只变换其中一部分。请先栅格化，或取消选择后整体变换。</translation>
    </message>
    <message>
        <source>The transparency of “{name}” is locked. Unlock it to transform a part of the layer.</source>
        <translation>“{name}”的透明度已锁定。解锁后才能变换图层的一部分。</translation>
    </message>
    <message>
        <source>The mask of “{name}” is switched off. Switch it on, or remove it, first.</source>
        <translation>“{name}”的蒙版已停用。请先启用或移除它。</translation>
    </message>
    <message>
        <source>This is not a usable ncnn file: {why}.</source>
        <translation>这不是可用的 ncnn 文件：{why}。</translation>
    </message>
    <message>
        <source>A selected part of one layer at a time can be transformed. Choose that layer only.</source>
        <translation>一次只能变换一个图层的选中部分。请只选择那个图层。</translation>
    </message>
    <message>
        <source>The transparency of “{name}” is locked. Unlock it to apply the mask.</source>
        <translation>“{name}”的透明度已锁定。请先解锁再应用蒙版。</translation>
    </message>
    <message>
        <source>Enlarged, this picture would have {width} x {height} pixels, which are too many. Choose at most {longest} on a side and {most} megapixels.</source>
        <translation>放大后图片将有 {width} x {height} 像素，超出上限。请选择单边不超过 {longest} 像素、总计不超过 {most} 百万像素。</translation>
    </message>
    <message>
        <source>No picture was chosen whose style is wanted.</source>
        <translation>还没有选择作为风格的图片。</translation>
    </message>
    <message>
        <source>The cut-out leaves nothing of this picture to be painted. Correct it.</source>
        <translation>抠图结果没有留下可绘制的部分，请先修正抠图。</translation>
    </message>
    <message>
        <source>This layer is empty: there is nothing to paint.</source>
        <translation>此图层是空的，没有可绘制的内容。</translation>
    </message>
    <message>
        <source>This picture is of one colour: there is nothing to paint anew.</source>
        <translation>这张图片只有一种颜色，没有可绘制的内容。</translation>
    </message>
    <message>
        <source>There is no style “{style}”. There are: {known}.</source>
        <translation>没有名为“{style}”的风格。可用的风格：{known}。</translation>
    </message>
    <message>
        <source>Say what is to be done, for example --upscale 4 or --denoise 0.5.</source>
        <translation>请说明要做什么，例如 --upscale 4 或 --denoise 0.5。</translation>
    </message>
    <message>
        <source>“{word}” is no size. Write it like 2000x2000.</source>
        <translation>“{word}”不是尺寸。请写成 2000x2000 的形式。</translation>
    </message>
    <message>
        <source>No checkpoint of this training can be read. Start it again.</source>
        <translation>这次训练的存档都无法读取，请重新开始。</translation>
    </message>
    <message>
        <source>The prepared pictures of this training are damaged. Prepare them again.</source>
        <translation>这次训练准备好的图片已损坏，请重新准备。</translation>
    </message>
    <message>
        <source>This training was begun with other settings. Give it another name, or the settings that it began with.</source>
        <translation>这次训练开始时用的是别的设置。请换一个名称，或改回原来的设置。</translation>
    </message>
    <message>
        <source>The training came to numbers that are not finite, again and again. Its last good state is kept; try it with a lower learning rate.</source>
        <translation>训练反复出现无效数值。最近一次正常的状态已保留，请调低学习率再试。</translation>
    </message>
    <message>
        <source>This colour is as light as the white point. Click something darker for black.</source>
        <translation>这个颜色与白场一样亮。请点击更暗的地方作为黑场。</translation>
    </message>
    <message>
        <source>This colour is as dark as the black point. Click something lighter for white.</source>
        <translation>这个颜色与黑场一样暗。请点击更亮的地方作为白场。</translation>
    </message>
    <message>
        <source>A colour as strong, dark or light as this can&apos;t become grey. Click another one.</source>
        <translation>这个颜色过于鲜艳、过暗或过亮，无法变成灰色。请点击别处。</translation>
    </message>
    <message>
        <source>“{name}” is transparent round its product: there is no backdrop to be painted.</source>
        <translation>“{name}”的商品周围是透明的，没有可以绘制的背景。</translation>
    </message>
    <message>
        <source>The cut-out of “{name}” hides all of it. Correct it first.</source>
        <translation>“{name}”的抠图把内容全部隐藏了。请先修正。</translation>
    </message>
    <message>
        <source>No product was found where you clicked, so everything of that colour changes. Select the product first to keep to it.</source>
        <translation>点击处没有识别到商品，因此所有相同颜色都会改变。请先选中商品，再换色。</translation>
    </message>
    <message>
        <source>There is no photo below in which to look for a product.</source>
        <translation>下方没有照片，无法识别商品。</translation>
    </message>
    <message>
        <source>The picture was changed while the recipe was at work, so its result was dropped. Apply the recipe again.</source>
        <translation>应用方案期间图片有改动，因此未采用其结果。请重新应用该方案。</translation>
    </message>
    <message>
        <source>This recipe was made by a newer version of ProdEdit. Install that one to use it.</source>
        <translation>此方案由更新版本的 ProdEdit 制作。请安装新版本后使用。</translation>
    </message>
    <message>
        <source>This recipe has a step that nobody knows: “{step}”.</source>
        <translation>此方案中有一个未知的步骤：“{step}”。</translation>
    </message>
    <message>
        <source>This recipe has a step that only fits one picture: “{step}”. Take it out.</source>
        <translation>此方案中有一步只适用于某一张图片：“{step}”。请将它移除。</translation>
    </message>
    <message>
        <source>This file is no recipe, or is damaged.</source>
        <translation>此文件不是方案，或已损坏。</translation>
    </message>
    <message>
        <source>There is no recipe “{name}”. There are: {known}.</source>
        <translation>没有名为“{name}”的方案。现有：{known}。</translation>
    </message>
    <message>
        <source>There is no preset “{name}”. There are: {known}.</source>
        <translation>没有名为“{name}”的平台预设。现有：{known}。</translation>
    </message>
    <message>
        <source>“{file}” could not be deleted: {why}.</source>
        <translation>无法删除“{file}”：{why}。</translation>
    </message>
    <message>
        <source>A preset needs a name.</source>
        <translation>请为预设取一个名称。</translation>
    </message>
    <message>
        <source>There is a preset “{name}” already. Choose another name.</source>
        <translation>已有名为“{name}”的预设。请换一个名称。</translation>
    </message>
    <message>
        <source>The preset “{file}” could not be read: {why}.</source>
        <translation>无法读取预设“{file}”：{why}。</translation>
    </message>
    <message>
        <source>A recipe needs a name.</source>
        <translation>请给方案取一个名称。</translation>
    </message>
    <message>
        <source>There is a recipe “{name}” already. Choose another name.</source>
        <translation>已有名为“{name}”的方案。请换一个名称。</translation>
    </message>
    <message>
        <source>The recipe “{file}” could not be read: {why}.</source>
        <translation>无法读取方案“{file}”：{why}。</translation>
    </message>
    <message>
        <source>This picture was generated by another generator.</source>
        <translation>这张图片是用另一个生成器生成的。</translation>
    </message>
    <message>
        <source>What this picture was generated from can&apos;t be read.</source>
        <translation>无法读取这张图片的生成数据。</translation>
    </message>
    <message>
        <source>“{file}” is no usable generator: {why}.</source>
        <translation>“{file}”不是可用的生成器：{why}。</translation>
    </message>
    <message>
        <source>This generator has no class “{name}”. It has: {known}.</source>
        <translation>这个生成器没有“{name}”这一品类。它有：{known}。</translation>
    </message>
    <message>
        <source>This generator is of a kind that can&apos;t do this: {what}.</source>
        <translation>这类生成器做不到：{what}。</translation>
    </message>
    <message>
        <source>There is no generator “{name}”. There are: {known}.</source>
        <translation>没有名为“{name}”的生成器。现有：{known}。</translation>
    </message>
    <message>
        <source>“{name}” is no generator of yours.</source>
        <translation>“{name}”不是您自己的生成器。</translation>
    </message>
    <message>
        <source>Films can&apos;t be saved as “{suffix}” here, only as {known}.</source>
        <translation>这里不能保存为“{suffix}”，只能保存为 {known}。</translation>
    </message>
    <message>
        <source>The program ffmpeg could not make this film. Save it as WebP or GIF.</source>
        <translation>ffmpeg 程序无法制作这个动画。请保存为 WebP 或 GIF。</translation>
    </message>
    <message>
        <source>Open a photo first, and choose the layer that holds it.</source>
        <translation>请先打开照片，并选中照片所在的图层。</translation>
    </message>
    <message>
        <source>The photo that this was made of is not open any more.</source>
        <translation>它所用的照片已经关闭。</translation>
    </message>
    <message>
        <source>The step “{step}” of the recipe can&apos;t be done with what it is set to.</source>
        <translation>方案中“{step}”这一步无法按其设置执行。</translation>
    </message>
    <message>
        <source>Say either how many minutes or how many steps.</source>
        <translation>请只指定分钟数或步数中的一项。</translation>
    </message>
    <message>
        <source>A training for “{output}” was begun already. Go on with --resume, or delete the folder “{place}”.</source>
        <translation>“{output}”的训练已经开始过。请用 --resume 继续，或删除文件夹“{place}”。</translation>
    </message>
    <message>
        <source>There is no training for “{output}” to go on with.</source>
        <translation>没有可以继续的“{output}”训练。</translation>
    </message>
    <message>
        <source>“{folder}” could not be deleted: {why}.</source>
        <translation>无法删除“{folder}”：{why}。</translation>
    </message>
    <message>
        <source>“{name}” is of the family {family} and makes pictures of {side} × {side}: a training that begins with it can&apos;t be of another family or size.</source>
        <translation>“{name}”属于 {family} 类，生成 {side} × {side} 的图片：以它为起点的训练不能换成其他类型或尺寸。</translation>
    </message>
    <message>
        <source>There is no folder “{folder}”.</source>
        <translation>没有文件夹“{folder}”。</translation>
    </message>
    <message>
        <source>--fix and -o OUT go together: say where pictures go.</source>
        <translation>--fix 需要与 -o OUT 一起使用：请指明图片写到哪里。</translation>
    </message>
    <message>
        <source>The photo itself is never written over. Choose another name.</source>
        <translation>不会覆盖原照片。请换一个名称。</translation>
    </message>
    <message>
        <source>“{word}” is no move. Write it like 2=1.5.</source>
        <translation>“{word}”不是有效的调整。请写成 2=1.5 这样。</translation>
    </message>
    <message>
        <source>This preset was made by a newer version of ProdEdit. Install that one to use it.</source>
        <translation>这个预设由更新版本的 ProdEdit 制作。请安装新版本后使用。</translation>
    </message>
    <message>
        <source>This preset has a rule that nobody knows: “{rule}”.</source>
        <translation>这个预设里有一条无法识别的规则：“{rule}”。</translation>
    </message>
    <message>
        <source>This preset demands what no picture can have: a least value above the most, a rule twice, or transparency in a format without.</source>
        <translation>这个预设的要求无法满足：下限高于上限、规则重复，或在不支持透明的格式中要求透明。</translation>
    </message>
    <message>
        <source>This file is no preset, or is damaged.</source>
        <translation>这个文件不是预设，或已损坏。</translation>
    </message>
    <message>
        <source>The training ended unexpectedly. It goes on from its last checkpoint when it is started again.</source>
        <translation>训练意外中断。再次开始时，会从上次保存的地方继续。</translation>
    </message>
    <message>
        <source>All pictures in this folder are the same one. Add different ones.</source>
        <translation>文件夹里的图片全都一样。请加入不同的图片。</translation>
    </message>
    <message>
        <source>Of {found} pictures in this folder {used} can be learned from; {least} are the least, and some hundreds are better.</source>
        <translation>文件夹里有 {found} 张图片，其中 {used} 张可用于学习；至少需要 {least} 张，有几百张更好。</translation>
    </message>
    <message>
        <source>The file would have {kilobytes} KB even at the lowest quality allowed; at most {limit} KB are. Choose a smaller size or another format.</source>
        <translation>即使用允许的最低质量，文件也有 {kilobytes} KB；最多允许 {limit} KB。请缩小尺寸或换一种格式。</translation>
    </message>
    <message>
        <source>The file would have only {kilobytes} KB even at the best quality; at least {limit} KB are asked for. Choose a larger size, or let the product fill more of it.</source>
        <translation>即使用最高质量，文件也只有 {kilobytes} KB；至少需要 {limit} KB。请加大尺寸，或让商品占画面更多。</translation>
    </message>
    <message>
        <source>The measuring ended without a result. Try it again.</source>
        <translation>评测没有得出结果，请重试。</translation>
    </message>
    <message>
        <source>The folder “{folder}” could not be read: {why}.</source>
        <translation>无法读取文件夹“{folder}”：{why}。</translation>
    </message>
    <message>
        <source>What is remembered of your pictures could not be kept: {why}.</source>
        <translation>无法保存图片的星级和标记：{why}。</translation>
    </message>
    <message>
        <source>“{file}” is no network that tells what pictures show: {why}.</source>
        <translation>“{file}”不是能识别图片内容的网络：{why}。</translation>
    </message>
    <message>
        <source>Nothing would be done: name a recipe, or a preset.</source>
        <translation>没有要做的事：请指定一个方案或一个预设。</translation>
    </message>
    <message>
        <source>Pictures are made alike by their cut-outs, and nothing cuts them out here: choose a recipe or a marketplace that does.</source>
        <translation>统一外观要依据抠图结果，而这里没有抠图步骤：请选择带抠图的方案或平台。</translation>
    </message>
    <message>
        <source>Another batch is at work in “{folder}”. Wait for it, or choose another folder.</source>
        <translation>“{folder}”里正在进行另一个批处理。请等它结束，或选择另一个文件夹。</translation>
    </message>
    <message>
        <source>The cut-out that was kept for this picture can&apos;t be read any more.</source>
        <translation>为这张图片保存的抠图已无法读取。</translation>
    </message>
    <message>
        <source>“{pattern}” is no pattern for names. Write for instance {example}.</source>
        <translation>“{pattern}”不能用作命名规则。例如可以写成 {example}。</translation>
    </message>
    <message>
        <source>Names have no field “{field}”. There are: {known}. Others need a table.</source>
        <translation>命名规则里没有字段“{field}”。可用的有：{known}。其他字段需要一个表格。</translation>
    </message>
    <message>
        <source>Reports can&apos;t be written as “{suffix}”. There are: {known}.</source>
        <translation>报告不能保存为“{suffix}”。可用的有：{known}。</translation>
    </message>
    <message>
        <source>No picture is named in “{file}”. Its first column, or one called “file”, has to hold the names of the pictures.</source>
        <translation>“{file}”里没有列出任何一张图片。第一列（或名为“文件”的列）必须是图片的文件名。</translation>
    </message>
    <message>
        <source>“{file}” has no column “{column}”. There are: {known}.</source>
        <translation>“{file}”中没有“{column}”列。现有的列：{known}。</translation>
    </message>
    <message>
        <source>“{file}” has no {columns} for {count} of {total} pictures: {names}.</source>
        <translation>“{file}”里，{total} 张图片中有 {count} 张没有 {columns}：{names}。</translation>
    </message>
    <message>
        <source>“{file}” has “{value}” under {column}: a spreadsheet has shortened a long number. Give that column the format text, and save it anew.</source>
        <translation>“{file}”的 {column} 列里有“{value}”：表格软件把长数字缩写了。请把这一列设为文本格式，再重新保存。</translation>
    </message>
    <message>
        <source>“{file}” says two different things about “{name}”.</source>
        <translation>“{file}”里关于“{name}”有两行不同的内容。</translation>
    </message>
    <message>
        <source>The table “{file}” could not be read: {why}.</source>
        <translation>无法读取表格“{file}”：{why}。</translation>
    </message>
    <message>
        <source>“{file}” is no table: a CSV file needs a first line with a different name for each column, and a line for each picture.</source>
        <translation>“{file}”不是表格：CSV 文件的第一行要写各列的名称（不能重复），下面每张图片一行。</translation>
    </message>
    <message>
        <source>The output folder “{folder}” is not there any more. Bring it back, then go on.</source>
        <translation>输出文件夹“{folder}”已经不在了。请恢复它，然后继续。</translation>
    </message>
    <message>
        <source>A preset says format and quality itself: leave out {options}.</source>
        <translation>预设已规定格式和质量：请去掉 {options}。</translation>
    </message>
    <message>
        <source>“{name}” is no kind of group: there are {known}. A column of a table needs {option}.</source>
        <translation>没有“{name}”这种分组：可用的有 {known}。按表格的列分组需要 {option}。</translation>
    </message>
    <message>
        <source>Only folders can be watched, and “{name}” is none.</source>
        <translation>只能监视文件夹，而“{name}”不是文件夹。</translation>
    </message>
    <message>
        <source>Nothing of “{file}” is used: name a column of it in {option}. There are: {known}.</source>
        <translation>“{file}”没有被用到：请在 {option} 里写上它的一列。可用的有：{known}。</translation>
    </message>
    <message>
        <source>The cluster lost every worker that tried this picture.</source>
        <translation>尝试处理这张图片的工作节点全部失联。</translation>
    </message>
    <message>
        <source>Dask is not installed, which clusters need. Install it with: {command}</source>
        <translation>没有安装集群所需的 Dask。请用此命令安装：{command}</translation>
    </message>
    <message>
        <source>The cluster at {address} has no workers. Start some, then try again.</source>
        <translation>{address} 的集群没有工作节点。请先启动，再重试。</translation>
    </message>
    <message>
        <source>The worker {worker} has version {there} of ProdEdit, and this computer {here}. Install the same.</source>
        <translation>工作节点 {worker} 的 ProdEdit 版本是 {there}，这台电脑是 {here}。请安装相同的版本。</translation>
    </message>
    <message>
        <source>The worker {worker} does not see the folder “{folder}”. All workers need the same folders.</source>
        <translation>工作节点 {worker} 看不到文件夹“{folder}”。所有工作节点都需要同样的文件夹。</translation>
    </message>
    <message>
        <source>The cluster at {address} could not be reached: {why}.</source>
        <translation>无法连接 {address} 的集群：{why}。</translation>
    </message>
    <message>
        <source>“{name}” is no picture of this folder.</source>
        <translation>“{name}”不是此文件夹中的图片。</translation>
    </message>
    <message>
        <source>“{name}” could not be read.</source>
        <translation>无法读取“{name}”。</translation>
    </message>
    <message>
        <source>“{file}” could not be brought in: {why}.</source>
        <translation>无法导入“{file}”：{why}。</translation>
    </message>
    <message>
        <source>“{file}” was not saved by ProdEdit for another computer, or is damaged.</source>
        <translation>“{file}”不是 ProdEdit 供另一台电脑使用的文件，或已损坏。</translation>
    </message>
    <message>
        <source>Choose where to copy from first: hold Alt and click there.</source>
        <translation>请先指定从哪里复制：按住 Alt 点击那里。</translation>
    </message>
    <message>
        <source>The layer “{name}” does not reach there. Make a new layer to paint beside it.</source>
        <translation>图层“{name}”没有延伸到那里。要在旁边绘制，请新建图层。</translation>
    </message>
    <message>
        <source>The printer did not take the picture. Choose another one.</source>
        <translation>打印机没有接受图片，请选择其他打印机。</translation>
    </message>
    <message>
        <source>All of the layer is painted over, so nothing tells what could be there. Paint over less.</source>
        <translation>整个图层都被涂过了，无从推断后面是什么。请少涂一些。</translation>
    </message>
    <message>
        <source>Cut the products out first, then take them apart.</source>
        <translation>请先抠出商品，再进行分离。</translation>
    </message>
    <message>
        <source>There is only one product on this cut-out. Products that touch each other count as one.</source>
        <translation>此抠图中只有一个商品。相互接触的商品按一个计算。</translation>
    </message>
    <message>
        <source>This picture has no adjustments, effects or background that could be copied.</source>
        <translation>这张图片没有可复制的调整、效果或背景。</translation>
    </message>
    <message>
        <source>A background that is a picture can only be given to pictures that are open.</source>
        <translation>图片背景只能应用到已打开的图片。</translation>
    </message>
    <message>
        <source>A file of the program is missing.</source>
        <translation>程序的一个文件丢失了。</translation>
    </message>
    <message>
        <source>No look was copied yet. Copy one first.</source>
        <translation>还没有复制外观，请先复制。</translation>
    </message>
    <message>
        <source>No picture is chosen in the strip. Open a folder and choose some there.</source>
        <translation>图片条中没有选中图片。请打开文件夹并选择图片。</translation>
    </message>
    <message>
        <source>The library {name} can&apos;t be loaded.</source>
        <translation>无法加载库 {name}。</translation>
    </message>
    <message>
        <source>No NVIDIA graphics card was found on this computer, or it has no driver.</source>
        <translation>此电脑上未找到 NVIDIA 显卡，或未安装驱动程序。</translation>
    </message>
    <message>
        <source>Another ProdEdit is making or removing the GPU pack right now. Wait until it is done.</source>
        <translation>另一个 ProdEdit 正在制作或移除 GPU 组件。请等它完成。</translation>
    </message>
    <message>
        <source>The GPU pack needs {needed} GB of space in {folder}, and only {free} GB are free.</source>
        <translation>GPU 组件需要 {folder} 中有 {needed} GB 空间，目前只有 {free} GB 可用。</translation>
    </message>
    <message>
        <source>The GPU pack can&apos;t be stored in {folder}: {why}.</source>
        <translation>无法将 GPU 组件存入 {folder}：{why}。</translation>
    </message>
    <message>
        <source>This copy of ProdEdit can&apos;t run its engine in a GPU pack: its own code is not in {folder}.</source>
        <translation>此 ProdEdit 无法在 GPU 组件中运行引擎：{folder} 中没有程序代码。</translation>
    </message>
    <message>
        <source>The GPU pack needs Python {oldest} or newer, or the program uv, and neither was found. Install one of them and try again.</source>
        <translation>GPU 组件需要 Python {oldest} 或更新版本，或 uv 程序，但两者都未找到。请安装其中之一后重试。</translation>
    </message>
    <message>
        <source>The GPU pack could not be used, so the processor computes until ProdEdit is started again. Nothing was lost.</source>
        <translation>GPU 组件无法使用，在重新启动 ProdEdit 之前改由处理器计算。没有任何内容丢失。</translation>
    </message>
    <message>
        <source>The GPU pack belongs to another version of ProdEdit, so the processor computes. Make it anew in the preferences, or with: {command}</source>
        <translation>GPU 组件属于其他版本的 ProdEdit，因此由处理器计算。请在首选项中重新制作，或运行：{command}</translation>
    </message>
    <message>
        <source>The GPU pack is damaged, so the processor computes. Make it anew in the preferences, or with: {command}</source>
        <translation>GPU 组件已损坏，因此由处理器计算。请在首选项中重新制作，或运行：{command}</translation>
    </message>
    <message>
        <source>torch can&apos;t use the graphics card.</source>
        <translation>torch 无法使用显卡。</translation>
    </message>
    <message>
        <source>The disk is full: the GPU pack could not be stored in {folder}.</source>
        <translation>磁盘已满：无法将 GPU 组件存入 {folder}。</translation>
    </message>
    <message>
        <source>The GPU pack could not be fetched: {tool} reached no network. Check the connection, or the proxy and mirror settings of {tool}.</source>
        <translation>无法获取 GPU 组件：{tool} 无法连接网络。请检查网络连接，或 {tool} 的代理和镜像设置。</translation>
    </message>
    <message>
        <source>The GPU pack could not be fetched: a package is not where {tool} looks for packages. {why}</source>
        <translation>无法获取 GPU 组件：{tool} 查找软件包的位置缺少某个软件包。{why}</translation>
    </message>
    <message>
        <source>The GPU pack could not be made: {tool} failed. {why}</source>
        <translation>无法制作 GPU 组件：{tool} 失败。{why}</translation>
    </message>
    <message>
        <source>The GPU pack was made, but its torch can&apos;t use the graphics card, so it was thrown away. Another driver or another build of torch may help.</source>
        <translation>GPU 组件已制作，但其中的 torch 无法使用显卡，因此已丢弃。换用其他驱动程序或其他 torch 版本或许有帮助。</translation>
    </message>
    <message>
        <source>The GPU pack was made, but it does not run on this computer, so it was thrown away.</source>
        <translation>GPU 组件已制作，但无法在此电脑上运行，因此已丢弃。</translation>
    </message>
    <message>
        <source>The product has to be cut out for that, which takes a while.</source>
        <translation>这需要先抠出商品，会花一些时间。</translation>
    </message>
</context>
<context>
    <name>ProductClass</name>
    <message>
        <source>dress</source>
        <translation>连衣裙</translation>
    </message>
    <message>
        <source>hat</source>
        <translation>帽子</translation>
    </message>
    <message>
        <source>longsleeve</source>
        <translation>长袖</translation>
    </message>
    <message>
        <source>outwear</source>
        <translation>外套</translation>
    </message>
    <message>
        <source>pants</source>
        <translation>裤子</translation>
    </message>
    <message>
        <source>shirt</source>
        <translation>衬衫</translation>
    </message>
    <message>
        <source>shoes</source>
        <translation>鞋子</translation>
    </message>
    <message>
        <source>shorts</source>
        <translation>短裤</translation>
    </message>
    <message>
        <source>skirt</source>
        <translation>裙子</translation>
    </message>
    <message>
        <source>t-shirt</source>
        <translation>T 恤</translation>
    </message>
</context>
<context>
    <name>ProductKeeper</name>
    <message>
        <source>Finds the product&apos;s outline and keeps to it; the photo is not cut out</source>
        <translation>自动识别商品轮廓，只给商品换色；不会抠掉背景</translation>
    </message>
    <message>
        <source>Looking for the product…</source>
        <translation>正在识别商品…</translation>
    </message>
    <message>
        <source>Only the product</source>
        <translation>仅商品</translation>
    </message>
</context>
<context>
    <name>Progress</name>
    <message>
        <source>Looking for the product</source>
        <translation>正在找商品</translation>
    </message>
    <message>
        <source>Refining the edge</source>
        <translation>正在精修边缘</translation>
    </message>
    <message>
        <source>Cleaning the edge&apos;s colour</source>
        <translation>正在清理边缘杂色</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Looking closer</source>
        <translation>正在细看</translation>
    </message>
    <message>
        <source>Drawing the edge</source>
        <translation>正在勾边</translation>
    </message>
    <message>
        <source>Comparing</source>
        <translation>正在比对</translation>
    </message>
    <message>
        <source>Looking at what was clicked</source>
        <translation>正在识别点选的物体</translation>
    </message>
    <message>
        <source>Trying again with less memory</source>
        <translation>正在少用些内存重试</translation>
    </message>
    <message>
        <source>Removing noise and traces of JPEG</source>
        <translation>正在去除噪点和 JPEG 压缩痕迹</translation>
    </message>
    <message>
        <source>Setting light and colour</source>
        <translation>正在调整光线和色彩</translation>
    </message>
    <message>
        <source>Looking for text</source>
        <translation>正在查找文字</translation>
    </message>
    <message>
        <source>Sharpening</source>
        <translation>正在锐化</translation>
    </message>
    <message>
        <source>Looking at the style</source>
        <translation>正在分析风格</translation>
    </message>
    <message>
        <source>Painting</source>
        <translation>正在绘制</translation>
    </message>
    <message>
        <source>Bringing back the photo&apos;s detail</source>
        <translation>正在恢复照片细节</translation>
    </message>
    <message>
        <source>Enlarging</source>
        <translation>正在放大</translation>
    </message>
    <message>
        <source>Memory is short: going on in smaller pieces</source>
        <translation>内存不足：改用更小的分块继续</translation>
    </message>
    <message>
        <source>Generating</source>
        <translation>正在生成</translation>
    </message>
    <message>
        <source>Finding the photo again</source>
        <translation>正在还原照片</translation>
    </message>
    <message>
        <source>Cutting it out</source>
        <translation>正在抠图</translation>
    </message>
    <message>
        <source>looking at the pictures</source>
        <translation>正在查看图片</translation>
    </message>
    <message>
        <source>looking for what could be there</source>
        <translation>正在推断后面的内容</translation>
    </message>
    <message>
        <source>Preparing</source>
        <translation>正在准备</translation>
    </message>
    <message>
        <source>Fetching packages</source>
        <translation>正在获取软件包</translation>
    </message>
    <message>
        <source>Trying it out</source>
        <translation>正在试运行</translation>
    </message>
</context>
<context>
    <name>PropertiesPanel</name>
    <message>
        <source>What can be set of the chosen layer is shown here.</source>
        <translation>所选图层的设置会显示在这里。</translation>
    </message>
</context>
<context>
    <name>QAbstractFileIconProvider</name>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
</context>
<context>
    <name>QFileDialog</name>
    <message>
        <source>&amp;Look in:</source>
        <translation>位置(&amp;L)：</translation>
    </message>
    <message>
        <source>Files of &amp;type:</source>
        <translation>文件类型(&amp;T)：</translation>
    </message>
</context>
<context>
    <name>QuickMask</name>
    <message>
        <source>Paint selection</source>
        <translation>涂抹选区</translation>
    </message>
</context>
<context>
    <name>Reason</name>
    <message>
        <source>groups are nested too deeply</source>
        <translation>组套得太深</translation>
    </message>
    <message>
        <source>two layers have the same id</source>
        <translation>有两个图层编号相同</translation>
    </message>
    <message>
        <source>it is not a zip</source>
        <translation>它不是压缩包</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>它是空的</translation>
    </message>
    <message>
        <source>it unpacks to more than fits into memory</source>
        <translation>解开后内存放不下</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>磁盘已满</translation>
    </message>
    <message>
        <source>Disk quota exceeded</source>
        <translation>磁盘配额已用完</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>没有权限</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>磁盘不能写入</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>磁盘出错</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>找不到文件或文件夹</translation>
    </message>
    <message>
        <source>File name too long</source>
        <translation>文件名太长</translation>
    </message>
    <message>
        <source>Too many open files</source>
        <translation>打开的文件太多</translation>
    </message>
</context>
<context>
    <name>Recipe</name>
    <message>
        <source>White square</source>
        <translation>白底方图</translation>
    </message>
    <message>
        <source>Marketplace set</source>
        <translation>平台套图</translation>
    </message>
    <message>
        <source>Transparent</source>
        <translation>透明底图</translation>
    </message>
    <message>
        <source>Larger on white</source>
        <translation>放大的白底图</translation>
    </message>
    <message>
        <source>Painted backdrop</source>
        <translation>绘画背景</translation>
    </message>
</context>
<context>
    <name>RecipeDesk</name>
    <message>
        <source>A recipe is being applied to this picture already.</source>
        <translation>此图片正在应用一个方案。</translation>
    </message>
    <message>
        <source>Nothing of this could be done to another picture.</source>
        <translation>这些步骤都无法用于其他图片。</translation>
    </message>
    <message>
        <source>Recipe saved: {name}</source>
        <translation>方案已保存：{name}</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
</context>
<context>
    <name>RecipeStep</name>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>抠图质量</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>范围</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>Keep the photo&apos;s colours</source>
        <translation>保留照片颜色</translation>
    </message>
    <message>
        <source>Enlarge</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>As it is</source>
        <translation>原大小</translation>
    </message>
    <message>
        <source>To a size</source>
        <translation>指定尺寸</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Keep text exactly</source>
        <translation>文字保持原样</translation>
    </message>
    <message>
        <source>Of each photo, for a watermark or a tag in the same place.</source>
        <translation>每张照片的同一位置，适用于水印或标签。</translation>
    </message>
    <message>
        <source>Left and top</source>
        <translation>左边和上边</translation>
    </message>
    <message>
        <source>Width and height</source>
        <translation>宽度和高度</translation>
    </message>
    <message>
        <source>Blur</source>
        <translation>虚化</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>背景</translation>
    </message>
    <message>
        <source>Transparent</source>
        <translation>透明</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>纯色</translation>
    </message>
    <message>
        <source>Gradient</source>
        <translation>渐变</translation>
    </message>
    <message>
        <source>Proportions</source>
        <translation>比例</translation>
    </message>
    <message>
        <source>Product fills</source>
        <translation>商品占比</translation>
    </message>
    <message>
        <source>By</source>
        <translation>幅度</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>不透明度</translation>
    </message>
    <message>
        <source>Best</source>
        <translation>精细</translation>
    </message>
    <message>
        <source>Fast</source>
        <translation>快速</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>产品</translation>
    </message>
    <message>
        <source>Backdrop</source>
        <translation>背景</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>对比度</translation>
    </message>
    <message>
        <source>White balance</source>
        <translation>白平衡</translation>
    </message>
    <message>
        <source>Brighten</source>
        <translation>提亮</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>降噪</translation>
    </message>
    <message>
        <source>JPEG traces</source>
        <translation>去压缩痕</translation>
    </message>
    <message>
        <source>Sharpen</source>
        <translation>锐化</translation>
    </message>
    <message>
        <source>{step}: {detail}</source>
        <translation>{step}：{detail}</translation>
    </message>
    <message>
        <source>Left out, as it only fits this picture: {steps}.</source>
        <translation>以下步骤只适用于本图，未包含在内：{steps}。</translation>
    </message>
    <message>
        <source>White</source>
        <translation>白底</translation>
    </message>
</context>
<context>
    <name>RecipesDialog</name>
    <message>
        <source>Recipes</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Written as</source>
        <translation>输出格式</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Apply to the picture</source>
        <translation>应用到图片</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>This recipe comes with ProdEdit. Duplicate it to change it.</source>
        <translation>这是 ProdEdit 自带的方案。复制一份即可修改。</translation>
    </message>
    <message>
        <source>Open a photo first.</source>
        <translation>请先打开一张照片。</translation>
    </message>
    <message>
        <source>{name} (copy)</source>
        <translation>{name}（副本）</translation>
    </message>
    <message>
        <source>Import recipes</source>
        <translation>导入方案</translation>
    </message>
    <message>
        <source>Recipes (*.json)</source>
        <translation>方案文件 (*.json)</translation>
    </message>
    <message>
        <source>Export the recipe</source>
        <translation>导出方案</translation>
    </message>
</context>
<context>
    <name>RecolourSection</name>
    <message>
        <source>Click the product&apos;s colour</source>
        <translation>点选商品颜色</translation>
    </message>
    <message>
        <source>Then click the colour in the picture that is to change</source>
        <translation>然后点击图片中要更换的颜色</translation>
    </message>
    <message>
        <source>Old colour</source>
        <translation>原颜色</translation>
    </message>
    <message>
        <source>New colour</source>
        <translation>新颜色</translation>
    </message>
    <message>
        <source>Tolerance</source>
        <translation>容差</translation>
    </message>
    <message>
        <source>Keep how light it was</source>
        <translation>保留原有明暗</translation>
    </message>
    <message>
        <source>Click the colour in the picture that is to change.</source>
        <translation>请点击图片中要更换的颜色。</translation>
    </message>
    <message>
        <source>Now choose the new colour.</source>
        <translation>现在选择新颜色。</translation>
    </message>
    <message>
        <source>Nothing in the picture has the old colour.</source>
        <translation>图片中没有这种原颜色。</translation>
    </message>
    <message>
        <source>ΔE {number}: hardly to be told from the new colour.</source>
        <translation>ΔE {number}：与新颜色几乎看不出差别。</translation>
    </message>
    <message>
        <source>ΔE {number}: near the new colour.</source>
        <translation>ΔE {number}：接近新颜色。</translation>
    </message>
    <message>
        <source>ΔE {number}: not quite the new colour.</source>
        <translation>ΔE {number}：与新颜色有差距。</translation>
    </message>
    <message>
        <source>{percent} % of the picture changes.</source>
        <translation>图片的 {percent}% 会改变。</translation>
    </message>
</context>
<context>
    <name>RecoveredWindow</name>
    <message>
        <source>Pictures that can be brought back</source>
        <translation>可恢复的图片</translation>
    </message>
    <message>
        <source>Bring back what is ticked</source>
        <translation>恢复勾选的图片</translation>
    </message>
    <message>
        <source>Discard what is ticked</source>
        <translation>丢弃勾选的图片</translation>
    </message>
    <message>
        <source>The rest is offered again when ProdEdit starts next.</source>
        <translation>其余的下次启动时会再次提示。</translation>
    </message>
</context>
<context>
    <name>Recovery</name>
    <message>
        <source>Bring it back</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>ProdEdit ended unexpectedly. {count} pictures can be brought back: {names}.</source>
        <translation>ProdEdit 意外退出。可恢复 {count} 张图片：{names}。</translation>
    </message>
    <message>
        <source>Bring all back</source>
        <translation>全部恢复</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>“{name}” was brought back, and ProdEdit ended soon after. It may be damaged. Save what else is open before you try it again.</source>
        <translation>“{name}”恢复后不久 ProdEdit 就退出了，它可能已损坏。再试之前请先保存其他打开的图片。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Put it aside</source>
        <translation>放到一边</translation>
    </message>
    <message>
        <source>“{name}” is not offered any more. Its recovery data is kept in “{folder}”.</source>
        <translation>不再提示恢复“{name}”。其恢复数据保存在“{folder}”。</translation>
    </message>
    <message>
        <source>ProdEdit ended unexpectedly. “{name}” was last changed {when}.</source>
        <translation>ProdEdit 上次意外退出。“{name}”最后修改于 {when}。</translation>
    </message>
</context>
<context>
    <name>Remark</name>
    <message>
        <source>Memory was short, so the picture was enlarged in pieces of {side} pixels. It took longer; the result is the same.</source>
        <translation>内存不足，因此图片按 {side} 像素的分块放大。耗时更长，结果相同。</translation>
    </message>
    <message>
        <source>The picture was larger than asked for, so it was made smaller.</source>
        <translation>图片比所要求的大，因此已缩小。</translation>
    </message>
    <message>
        <source>No traces of JPEG were found, so none were taken out.</source>
        <translation>没有发现 JPEG 压缩痕迹，因此未作去除。</translation>
    </message>
    <message>
        <source>The product has changed much: its structure by {structure} %, its colour by ΔE {colour}.</source>
        <translation>商品变化较大：结构变化 {structure}%，颜色差异 ΔE {colour}。</translation>
    </message>
    <message>
        <source>Memory was short: the style was painted at {width} × {height} pixels and then enlarged.</source>
        <translation>内存不足：风格以 {width} × {height} 像素绘制后再放大。</translation>
    </message>
    <message>
        <source>The product could not be told from what is round it, so the picture is whole.</source>
        <translation>无法把商品与背景分开，因此放入的是整张图片。</translation>
    </message>
</context>
<context>
    <name>Replacing</name>
    <message>
        <source>{count} files are there already.</source>
        <translation>已有 {count} 个同名文件。</translation>
    </message>
    <message>
        <source>They have the names of the results. Replace them?</source>
        <translation>它们与结果文件同名。是否替换？</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>ReviewPage</name>
    <message>
        <source>To be looked at</source>
        <translation>待检查</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>采用</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>The cut-out is right (Enter)</source>
        <translation>抠图没问题（回车）</translation>
    </message>
    <message>
        <source>Opening the picture…</source>
        <translation>正在打开图片…</translation>
    </message>
    <message>
        <source>No cut-out has to be looked at.</source>
        <translation>没有需要查看的抠图。</translation>
    </message>
    <message>
        <source>Mend what is wrong, then Enter: its files are made, the next one comes.</source>
        <translation>修正不对的地方，然后按回车：生成文件，接着看下一张。</translation>
    </message>
</context>
<context>
    <name>Rule</name>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Ending of the name</source>
        <translation>文件扩展名</translation>
    </message>
    <message>
        <source>Name of the file</source>
        <translation>文件名</translation>
    </message>
    <message>
        <source>File size</source>
        <translation>文件大小</translation>
    </message>
    <message>
        <source>Colour mode</source>
        <translation>颜色模式</translation>
    </message>
    <message>
        <source>Bits a colour</source>
        <translation>颜色位数</translation>
    </message>
    <message>
        <source>Colour profile</source>
        <translation>色彩配置文件</translation>
    </message>
    <message>
        <source>Transparency</source>
        <translation>透明</translation>
    </message>
    <message>
        <source>Pictures in the file</source>
        <translation>文件中的图片数</translation>
    </message>
    <message>
        <source>Resolution</source>
        <translation>分辨率</translation>
    </message>
    <message>
        <source>JPEG quality</source>
        <translation>JPEG 质量</translation>
    </message>
    <message>
        <source>Tag of AI pictures</source>
        <translation>AI 图片标记</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Long side</source>
        <translation>长边</translation>
    </message>
    <message>
        <source>Short side</source>
        <translation>短边</translation>
    </message>
    <message>
        <source>Width and height together</source>
        <translation>宽高之和</translation>
    </message>
    <message>
        <source>Megapixels</source>
        <translation>百万像素</translation>
    </message>
    <message>
        <source>Width to height</source>
        <translation>宽高比</translation>
    </message>
    <message>
        <source>Pure white at the border</source>
        <translation>边缘纯白</translation>
    </message>
    <message>
        <source>Pure white backdrop</source>
        <translation>背景纯白</translation>
    </message>
    <message>
        <source>Darkest of the backdrop</source>
        <translation>背景最暗处</translation>
    </message>
    <message>
        <source>Shadow or its rest</source>
        <translation>阴影或残影</translation>
    </message>
    <message>
        <source>Frame round the picture</source>
        <translation>图片边框</translation>
    </message>
    <message>
        <source>Lines between pictures</source>
        <translation>拼图分隔线</translation>
    </message>
    <message>
        <source>Text beside the product</source>
        <translation>商品以外的文字</translation>
    </message>
    <message>
        <source>QR codes</source>
        <translation>二维码</translation>
    </message>
    <message>
        <source>Product, of the long side</source>
        <translation>商品占长边比例</translation>
    </message>
    <message>
        <source>Product, of the area</source>
        <translation>商品占面积比例</translation>
    </message>
    <message>
        <source>Long side of the product</source>
        <translation>商品长边</translation>
    </message>
    <message>
        <source>Narrowest margin</source>
        <translation>最窄边距</translation>
    </message>
    <message>
        <source>Margin at the long side</source>
        <translation>长边方向的边距</translation>
    </message>
    <message>
        <source>Edges cutting the product</source>
        <translation>被画面切到的边</translation>
    </message>
    <message>
        <source>Distance from the middle</source>
        <translation>偏离中心的距离</translation>
    </message>
    <message>
        <source>Separate things</source>
        <translation>分开的物体数</translation>
    </message>
    <message>
        <source>Sharpness of the product</source>
        <translation>商品清晰度</translation>
    </message>
    <message>
        <source>Detail for its size</source>
        <translation>细节与尺寸相符</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>噪点</translation>
    </message>
    <message>
        <source>Brightness of the product</source>
        <translation>商品亮度</translation>
    </message>
    <message>
        <source>Colour cast</source>
        <translation>偏色</translation>
    </message>
    <message>
        <source>Colourfulness</source>
        <translation>色彩浓度</translation>
    </message>
    <message>
        <source>Nothing but what is sold is to be seen: no props, no packaging.</source>
        <translation>画面中只有所售商品：没有道具，没有包装。</translation>
    </message>
    <message>
        <source>No text, logo or watermark was put on the product.</source>
        <translation>商品上没有添加文字、标志或水印。</translation>
    </message>
    <message>
        <source>There is no mannequin.</source>
        <translation>没有人体模型。</translation>
    </message>
    <message>
        <source>No person is to be seen.</source>
        <translation>没有人物出现。</translation>
    </message>
    <message>
        <source>There is no hanger, and no price tag.</source>
        <translation>没有衣架和吊牌。</translation>
    </message>
    <message>
        <source>The product is seen from the front, and whole.</source>
        <translation>正面展示商品，且完整。</translation>
    </message>
    <message>
        <source>It is a photo, no drawing and no render.</source>
        <translation>是照片，不是绘画或效果图。</translation>
    </message>
    <message>
        <source>It shows no marks, badges or reviews of the marketplace, nothing offensive.</source>
        <translation>没有平台的标记、徽章或评价，没有不当内容。</translation>
    </message>
    <message>
        <source>It shows no address, number or other shop.</source>
        <translation>没有地址、号码或其他店铺信息。</translation>
    </message>
    <message>
        <source>It shows the product, no placeholder.</source>
        <translation>展示的是商品，不是占位图。</translation>
    </message>
    <message>
        <source>It shows no brand&apos;s text or logo.</source>
        <translation>没有品牌的文字或标志。</translation>
    </message>
    <message>
        <source>If a part of it was generated, the file says so (IPTC DigitalSourceType).</source>
        <translation>如果有生成的内容，文件中已注明 (IPTC DigitalSourceType)。</translation>
    </message>
    <message>
        <source>The product is seen in use or in a scene.</source>
        <translation>展示商品的使用状态或场景。</translation>
    </message>
</context>
<context>
    <name>Ruler</name>
    <message>
        <source>Ruler</source>
        <translation>标尺</translation>
    </message>
    <message>
        <source>Drag a guide out of here; right-click for the unit</source>
        <translation>从这里拖出参考线；右键选择单位</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>像素</translation>
    </message>
    <message>
        <source>Centimetres</source>
        <translation>厘米</translation>
    </message>
    <message>
        <source>Inches</source>
        <translation>英寸</translation>
    </message>
</context>
<context>
    <name>RulesTable</name>
    <message>
        <source>Rules</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>At least</source>
        <translation>至少</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>至多</translation>
    </message>
    <message>
        <source>Must</source>
        <translation>必须</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Add a rule</source>
        <translation>添加规则</translation>
    </message>
    <message>
        <source>Remove rule</source>
        <translation>移除规则</translation>
    </message>
    <message>
        <source>Add a rule…</source>
        <translation>添加规则…</translation>
    </message>
    <message>
        <source>Name at least one word, such as JPEG.</source>
        <translation>请至少写一个词，例如 JPEG。</translation>
    </message>
    <message>
        <source>“{word}” is not known here. There are: {known}.</source>
        <translation>这里没有“{word}”。可用的有：{known}。</translation>
    </message>
    <message>
        <source>“{text}” is not a number.</source>
        <translation>“{text}”不是数字。</translation>
    </message>
</context>
<context>
    <name>SamplesView</name>
    <message>
        <source>What it makes now</source>
        <translation>目前的作品</translation>
    </message>
    <message>
        <source>The first pictures come in some minutes.</source>
        <translation>几分钟后会出现第一批图片。</translation>
    </message>
</context>
<context>
    <name>SaveRecipeDialog</name>
    <message>
        <source>Save as recipe</source>
        <translation>存为方案</translation>
    </message>
    <message>
        <source>Save to</source>
        <translation>保存到</translation>
    </message>
    <message>
        <source>A new recipe</source>
        <translation>新方案</translation>
    </message>
    <message>
        <source>Add to “{name}”</source>
        <translation>添加到“{name}”</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>级数</translation>
    </message>
    <message>
        <source>Save recipe</source>
        <translation>保存方案</translation>
    </message>
    <message>
        <source>Done in the same place of every picture, so best to ones of the same size: {steps}.</source>
        <translation>以下步骤会作用于每张图片的同一位置，适合尺寸相同的图片：{steps}。</translation>
    </message>
</context>
<context>
    <name>SelectOptions</name>
    <message>
        <source>New selection</source>
        <translation>新选区</translation>
    </message>
    <message>
        <source>Add to the selection (Shift)</source>
        <translation>添加到选区（Shift）</translation>
    </message>
    <message>
        <source>Take from the selection (Alt)</source>
        <translation>从选区减去（Alt）</translation>
    </message>
    <message>
        <source>Keep what both have (Shift+Alt)</source>
        <translation>只保留重叠部分（Shift+Alt）</translation>
    </message>
    <message>
        <source>Tolerance</source>
        <translation>容差</translation>
    </message>
    <message>
        <source>Joined</source>
        <translation>相连</translation>
    </message>
    <message>
        <source>Only what hangs together with the place clicked</source>
        <translation>只选与点击处相连的部分</translation>
    </message>
    <message>
        <source>All layers</source>
        <translation>所有图层</translation>
    </message>
    <message>
        <source>Feather</source>
        <translation>羽化</translation>
    </message>
    <message>
        <source>Smooth edge</source>
        <translation>边缘平滑</translation>
    </message>
</context>
<context>
    <name>SelectionBar</name>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>SelectionCommands</name>
    <message>
        <source>Reselect</source>
        <translation>重新选择</translation>
    </message>
    <message>
        <source>Select product</source>
        <translation>选中商品</translation>
    </message>
    <message>
        <source>Grow by</source>
        <translation>扩展</translation>
    </message>
    <message>
        <source>Shrink by</source>
        <translation>收缩</translation>
    </message>
    <message>
        <source>Feather by</source>
        <translation>羽化</translation>
    </message>
    <message>
        <source>Smooth by</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>Width of the border</source>
        <translation>边框宽度</translation>
    </message>
    <message>
        <source>{name} part</source>
        <translation>{name} 局部</translation>
    </message>
</context>
<context>
    <name>Sending</name>
    <message>
        <source>New picture</source>
        <translation>新图片</translation>
    </message>
    <message>
        <source>{name}, changed</source>
        <translation>{name}（已调整）</translation>
    </message>
    <message>
        <source>Generated</source>
        <translation>生成的图片</translation>
    </message>
</context>
<context>
    <name>SeparatingCommands</name>
    <message>
        <source>Folder for the products</source>
        <translation>商品图片的保存文件夹</translation>
    </message>
    <message>
        <source>{count} products were saved in “{folder}”.</source>
        <translation>已将 {count} 个商品保存到“{folder}”。</translation>
    </message>
</context>
<context>
    <name>SeparatingWindow</name>
    <message>
        <source>Products of {name}</source>
        <translation>{name} 中的商品</translation>
    </message>
    <message>
        <source>Products</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Room around</source>
        <translation>四周留白</translation>
    </message>
    <message>
        <source>Square</source>
        <translation>正方形</translation>
    </message>
    <message>
        <source>Looking for products…</source>
        <translation>正在查找商品…</translation>
    </message>
    <message>
        <source>Open each</source>
        <translation>分别打开</translation>
    </message>
    <message>
        <source>Save each…</source>
        <translation>分别保存…</translation>
    </message>
    <message>
        <source>{ticked} of {count} products</source>
        <translation>已选 {ticked} / {count} 个商品</translation>
    </message>
</context>
<context>
    <name>ShapeSection</name>
    <message>
        <source>Shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Corners</source>
        <translation>圆角</translation>
    </message>
    <message>
        <source>Sides</source>
        <translation>边数</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>尖角</translation>
    </message>
    <message>
        <source>How deep a star&apos;s inner corners lie</source>
        <translation>星形内角的深度</translation>
    </message>
    <message>
        <source>Rectangle</source>
        <translation>矩形</translation>
    </message>
    <message>
        <source>Ellipse</source>
        <translation>椭圆</translation>
    </message>
    <message>
        <source>Polygon</source>
        <translation>多边形</translation>
    </message>
    <message>
        <source>Star</source>
        <translation>星形</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>描边</translation>
    </message>
    <message>
        <source>Outline colour</source>
        <translation>描边颜色</translation>
    </message>
    <message>
        <source>Unbroken</source>
        <translation>实线</translation>
    </message>
    <message>
        <source>Dashed</source>
        <translation>虚线</translation>
    </message>
    <message>
        <source>Long dashes</source>
        <translation>长虚线</translation>
    </message>
    <message>
        <source>Dotted</source>
        <translation>点线</translation>
    </message>
    <message>
        <source>On the edge</source>
        <translation>居中</translation>
    </message>
    <message>
        <source>Inside</source>
        <translation>内侧</translation>
    </message>
    <message>
        <source>Outside</source>
        <translation>外侧</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>线型</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>位置</translation>
    </message>
</context>
<context>
    <name>SheetWindow</name>
    <message>
        <source>Contact sheet</source>
        <translation>图片目录</translation>
    </message>
    <message>
        <source>The first page</source>
        <translation>第一页</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列数</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行数</translation>
    </message>
    <message>
        <source>On its side</source>
        <translation>横向</translation>
    </message>
    <message>
        <source>Names below the pictures</source>
        <translation>图片下方显示名称</translation>
    </message>
    <message>
        <source>No title</source>
        <translation>无标题</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>纸张</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Save as PDF…</source>
        <translation>另存为 PDF…</translation>
    </message>
    <message>
        <source>Pictures: {count}. Pages: {pages}.</source>
        <translation>图片：{count} 张，页数：{pages}。</translation>
    </message>
</context>
<context>
    <name>SideRail</name>
    <message>
        <source>Panels</source>
        <translation>面板</translation>
    </message>
</context>
<context>
    <name>Similar</name>
    <message>
        <source>Twice the same</source>
        <translation>重复图片</translation>
    </message>
    <message>
        <source>Like this one</source>
        <translation>与此相似</translation>
    </message>
    <message>
        <source>Stands out</source>
        <translation>与众不同</translation>
    </message>
    <message>
        <source>One photo saved more than once: smaller, compressed, mirrored, cropped.</source>
        <translation>同一张照片被多次保存：缩小、压缩、镜像或裁剪过。</translation>
    </message>
    <message>
        <source>The most similar pictures of the folder come first.</source>
        <translation>文件夹中最相似的图片排在最前。</translation>
    </message>
    <message>
        <source>Framed otherwise than the others, or with another white, as far as a plain backdrop tells.</source>
        <translation>构图或白底与其他图片不一致（仅限背景干净的图片）。</translation>
    </message>
    <message>
        <source>No picture is there twice.</source>
        <translation>没有重复的图片。</translation>
    </message>
    <message>
        <source>Much alike</source>
        <translation>高度相似</translation>
    </message>
    <message>
        <source>Different photos that look much alike, perhaps of one product.</source>
        <translation>不同的照片，但看起来很相似，可能是同款商品。</translation>
    </message>
    <message>
        <source>No two different photos look much alike.</source>
        <translation>没有高度相似的不同照片。</translation>
    </message>
    <message>
        <source>Choose a picture in the strip first.</source>
        <translation>请先在图片栏中选择一张图片。</translation>
    </message>
    <message>
        <source>All pictures that could be measured are alike.</source>
        <translation>可测量的图片都很一致。</translation>
    </message>
    <message>
        <source>smaller: {measured} %, others {usual} %</source>
        <translation>偏小：{measured}%，其他 {usual}%</translation>
    </message>
    <message>
        <source>larger: {measured} %, others {usual} %</source>
        <translation>偏大：{measured}%，其他 {usual}%</translation>
    </message>
    <message>
        <source>{measured} % beside the others</source>
        <translation>位置偏离其他图片 {measured}%</translation>
    </message>
    <message>
        <source>darker white: {measured}, others {usual}</source>
        <translation>白底偏暗：{measured}，其他 {usual}</translation>
    </message>
    <message>
        <source>another tint of white</source>
        <translation>白底偏色</translation>
    </message>
</context>
<context>
    <name>SimilarDesk</name>
    <message>
        <source>Stopped.</source>
        <translation>已停止。</translation>
    </message>
    <message>
        <source>Apply “{name}”, used for similar pictures…</source>
        <translation>应用相似图片用过的“{name}”…</translation>
    </message>
</context>
<context>
    <name>SimilarWindow</name>
    <message>
        <source>Similar pictures</source>
        <translation>相似图片</translation>
    </message>
    <message>
        <source>What is shown</source>
        <translation>显示内容</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Choose in the strip</source>
        <translation>在图片栏中选中</translation>
    </message>
    <message>
        <source>{count} pictures compared.</source>
        <translation>已比较 {count} 张图片。</translation>
    </message>
    <message>
        <source>{count} could not be read.</source>
        <translation>{count} 张无法读取。</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Only {count} pictures have a backdrop plain enough to be measured. That is too few to compare.</source>
        <translation>只有 {count} 张图片的背景足够干净、可以测量，数量太少，无法比较。</translation>
    </message>
    <message>
        <source>{count} pictures</source>
        <translation>{count} 张</translation>
    </message>
    <message>
        <source>{percent} % alike</source>
        <translation>相似度 {percent}%</translation>
    </message>
    <message>
        <source>this picture</source>
        <translation>这张图片</translation>
    </message>
</context>
<context>
    <name>Slot</name>
    <message>
        <source>white behind</source>
        <translation>白底</translation>
    </message>
    <message>
        <source>transparent</source>
        <translation>透明</translation>
    </message>
    <message>
        <source>own backdrop</source>
        <translation>原背景</translation>
    </message>
    <message>
        <source>Own presets</source>
        <translation>自己的预设</translation>
    </message>
    <message>
        <source>{size}</source>
        <translation>{size}</translation>
    </message>
    <message>
        <source>up to {size}</source>
        <translation>不超过 {size}</translation>
    </message>
    <message>
        <source>{colour} behind</source>
        <translation>底色 {colour}</translation>
    </message>
    <message>
        <source>Find a marketplace</source>
        <translation>查找平台</translation>
    </message>
    <message>
        <source>Marketplaces</source>
        <translation>平台</translation>
    </message>
</context>
<context>
    <name>SlotSection</name>
    <message>
        <source>Own presets…</source>
        <translation>自己的预设…</translation>
    </message>
    <message>
        <source>Frame, size and write it as demanded</source>
        <translation>按平台要求构图、改尺寸并写文件</translation>
    </message>
    <message>
        <source>The product alone: no other layers, no effects</source>
        <translation>只留商品：不含其他图层和效果</translation>
    </message>
    <message>
        <source>Enlarge small photos by a network</source>
        <translation>用网络放大太小的照片</translation>
    </message>
    <message>
        <source>Fix</source>
        <translation>修正</translation>
    </message>
    <message>
        <source>Check fully</source>
        <translation>完整检查</translation>
    </message>
    <message>
        <source>By the networks, as the file will be made</source>
        <translation>用网络检查，与将要导出的文件一致</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>正在检查…</translation>
    </message>
    <message>
        <source>Shown enlarged without the network; the file is enlarged by it.</source>
        <translation>预览未使用网络放大；导出的文件会用网络放大。</translation>
    </message>
    <message>
        <source>Looked at without cutting out the product.</source>
        <translation>未抠出商品，仅作初步检查。</translation>
    </message>
    <message>
        <source>Passes all that can be measured.</source>
        <translation>能测量的项目全部合格。</translation>
    </message>
    <message>
        <source>Fails {count} of {all} rules.</source>
        <translation>{all} 条规则中有 {count} 条不合格。</translation>
    </message>
    <message>
        <source>Nothing fails. Please look at {asked} of {all} rules.</source>
        <translation>没有不合格项。{all} 条规则中有 {asked} 条请你确认。</translation>
    </message>
</context>
<context>
    <name>SplitLine</name>
    <message>
        <source>Before and after</source>
        <translation>前后对比</translation>
    </message>
    <message>
        <source>Left: before. Right: after. Drag it.</source>
        <translation>左边是处理前，右边是处理后，可拖动。</translation>
    </message>
</context>
<context>
    <name>Start</name>
    <message>
        <source>ProdEdit could not start. Please install it again: a part of it is missing or damaged.</source>
        <translation>ProdEdit 无法启动：有组成部分缺失或已损坏，请重新安装。</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>Recent</source>
        <translation>最近打开</translation>
    </message>
    <message>
        <source>Or try a sample</source>
        <translation>或用示例图试试</translation>
    </message>
    <message>
        <source>Drop photos here</source>
        <translation>把照片拖到这里</translation>
    </message>
    <message>
        <source>Photos stay on this computer.</source>
        <translation>照片只留在这台电脑上。</translation>
    </message>
    <message>
        <source>Open photos</source>
        <translation>打开照片</translation>
    </message>
    <message>
        <source>Sample: {name}</source>
        <translation>示例：{name}</translation>
    </message>
    <message>
        <source>Open this sample</source>
        <translation>打开这张示例图</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>The view is turned by this; the picture is not</source>
        <translation>视图旋转的角度；图片本身不变</translation>
    </message>
    <message>
        <source>Angle of the view</source>
        <translation>视图角度</translation>
    </message>
    <message>
        <source>8-bit</source>
        <translation>8 位</translation>
    </message>
</context>
<context>
    <name>StatusRow</name>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Getting ready…</source>
        <translation>正在准备…</translation>
    </message>
</context>
<context>
    <name>StepFields</name>
    <message>
        <source>There is nothing to set in this step.</source>
        <translation>此步骤没有可设置的内容。</translation>
    </message>
</context>
<context>
    <name>StepList</name>
    <message>
        <source>Steps</source>
        <translation>级数</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>前移</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>后移</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Add step</source>
        <translation>添加步骤</translation>
    </message>
</context>
<context>
    <name>StudioPanel</name>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>调整</translation>
    </message>
    <message>
        <source>Morph</source>
        <translation>渐变</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>做什么</translation>
    </message>
    <message>
        <source>The chosen picture</source>
        <translation>选中的图片</translation>
    </message>
    <message>
        <source>Send to canvas</source>
        <translation>放到画布</translation>
    </message>
    <message>
        <source>Update layer</source>
        <translation>更新图层</translation>
    </message>
</context>
<context>
    <name>Style</name>
    <message>
        <source>Golden haze</source>
        <translation>金色薄雾</translation>
    </message>
    <message>
        <source>Bold lines</source>
        <translation>粗黑线条</translation>
    </message>
    <message>
        <source>Pale dawn</source>
        <translation>淡彩晨光</translation>
    </message>
    <message>
        <source>Wild colours</source>
        <translation>狂野色彩</translation>
    </message>
    <message>
        <source>Warm dabs</source>
        <translation>暖色点染</translation>
    </message>
    <message>
        <source>Autumn strokes</source>
        <translation>秋日笔触</translation>
    </message>
    <message>
        <source>Violet night</source>
        <translation>紫夜</translation>
    </message>
    <message>
        <source>Red, yellow, blue</source>
        <translation>红黄蓝</translation>
    </message>
    <message>
        <source>Coloured pencil</source>
        <translation>彩色铅笔</translation>
    </message>
    <message>
        <source>Leaf mosaic</source>
        <translation>叶片拼贴</translation>
    </message>
    <message>
        <source>Burnt sienna</source>
        <translation>赭石</translation>
    </message>
    <message>
        <source>Old print</source>
        <translation>古版画</translation>
    </message>
    <message>
        <source>Soft pastel</source>
        <translation>柔和粉彩</translation>
    </message>
    <message>
        <source>Green meadow</source>
        <translation>绿野</translation>
    </message>
    <message>
        <source>Pale fresco</source>
        <translation>淡彩壁画</translation>
    </message>
    <message>
        <source>Stained glass</source>
        <translation>彩绘玻璃</translation>
    </message>
    <message>
        <source>Night crayon</source>
        <translation>蜡笔夜色</translation>
    </message>
    <message>
        <source>Woven blocks</source>
        <translation>编织方块</translation>
    </message>
    <message>
        <source>Parchment</source>
        <translation>羊皮纸</translation>
    </message>
    <message>
        <source>Starry sky</source>
        <translation>星空</translation>
    </message>
    <message>
        <source>Crimson oil</source>
        <translation>深红油画</translation>
    </message>
    <message>
        <source>Pop shapes</source>
        <translation>波普色块</translation>
    </message>
    <message>
        <source>Ink and red</source>
        <translation>墨线点红</translation>
    </message>
    <message>
        <source>Twilight</source>
        <translation>暮色</translation>
    </message>
    <message>
        <source>Wave print</source>
        <translation>浪花版画</translation>
    </message>
    <message>
        <source>Knitted dusk</source>
        <translation>织纹暮色</translation>
    </message>
</context>
<context>
    <name>StyleGallery</name>
    <message>
        <source>Styles</source>
        <translation>风格</translation>
    </message>
</context>
<context>
    <name>StylePanel</name>
    <message>
        <source>Mix with</source>
        <translation>混合</translation>
    </message>
    <message>
        <source>Mix with nothing</source>
        <translation>不混合</translation>
    </message>
    <message>
        <source>Mix with {style}</source>
        <translation>混合：{style}</translation>
    </message>
    <message>
        <source>Mix</source>
        <translation>混合</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>Keep the photo&apos;s colours</source>
        <translation>保留照片颜色</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Backdrop</source>
        <translation>背景</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>范围</translation>
    </message>
    <message>
        <source>This picture is transparent round its product: it has no backdrop.</source>
        <translation>此图片的商品周围是透明的，没有背景。</translation>
    </message>
    <message>
        <source>Apply style</source>
        <translation>应用风格</translation>
    </message>
    <message>
        <source>As a new layer; the photo stays below it</source>
        <translation>生成新图层，原照片保留在下面</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Remove the background first: then the program knows what is product.</source>
        <translation>请先抠图，程序才能分清商品和背景。</translation>
    </message>
    <message>
        <source>Choose a layer that holds a photo.</source>
        <translation>请选择含有照片的图层。</translation>
    </message>
</context>
<context>
    <name>StyleSource</name>
    <message>
        <source>No picture of my own</source>
        <translation>不用自己的图片</translation>
    </message>
    <message>
        <source>Use a picture as style</source>
        <translation>用图片作风格</translation>
    </message>
    <message>
        <source>Clipboard</source>
        <translation>剪贴板</translation>
    </message>
    <message>
        <source>From a file…</source>
        <translation>从文件…</translation>
    </message>
    <message>
        <source>From the clipboard</source>
        <translation>从剪贴板</translation>
    </message>
    <message>
        <source>From a layer</source>
        <translation>从图层</translation>
    </message>
    <message>
        <source>Pictures ({patterns})</source>
        <translation>图片 ({patterns})</translation>
    </message>
    <message>
        <source>Picture as style</source>
        <translation>风格图片</translation>
    </message>
    <message>
        <source>Dropped picture</source>
        <translation>拖入的图片</translation>
    </message>
</context>
<context>
    <name>Swatch</name>
    <message>
        <source>Black</source>
        <translation>黑色</translation>
    </message>
    <message>
        <source>Off-white</source>
        <translation>米白</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>灰色</translation>
    </message>
    <message>
        <source>Beige</source>
        <translation>米色</translation>
    </message>
    <message>
        <source>Brown</source>
        <translation>棕色</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>红色</translation>
    </message>
    <message>
        <source>Pink</source>
        <translation>粉色</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>橙色</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>黄色</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>绿色</translation>
    </message>
    <message>
        <source>Mint</source>
        <translation>薄荷绿</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>蓝色</translation>
    </message>
    <message>
        <source>Navy</source>
        <translation>藏青</translation>
    </message>
    <message>
        <source>Purple</source>
        <translation>紫色</translation>
    </message>
</context>
<context>
    <name>Task</name>
    <message>
        <source>Remove background</source>
        <translation>抠图</translation>
    </message>
    <message>
        <source>Choose object</source>
        <translation>点选物体</translation>
    </message>
    <message>
        <source>Transfer style</source>
        <translation>风格迁移</translation>
    </message>
    <message>
        <source>Preview styles</source>
        <translation>预览风格</translation>
    </message>
    <message>
        <source>Enhance</source>
        <translation>变清晰</translation>
    </message>
    <message>
        <source>Erase object</source>
        <translation>消除物体</translation>
    </message>
    <message>
        <source>Erase a region</source>
        <translation>抹除区域</translation>
    </message>
    <message>
        <source>Find text</source>
        <translation>查找文字</translation>
    </message>
    <message>
        <source>Compare pictures</source>
        <translation>比较图片</translation>
    </message>
    <message>
        <source>Get model</source>
        <translation>下载模型</translation>
    </message>
    <message>
        <source>Try the device</source>
        <translation>测试设备</translation>
    </message>
    <message>
        <source>Export variants</source>
        <translation>导出多色版本</translation>
    </message>
    <message>
        <source>Apply recipe</source>
        <translation>应用方案</translation>
    </message>
    <message>
        <source>Apply recipe to pictures</source>
        <translation>对图片应用方案</translation>
    </message>
    <message>
        <source>Check pictures</source>
        <translation>检查图片</translation>
    </message>
    <message>
        <source>Generate pictures</source>
        <translation>生成图片</translation>
    </message>
    <message>
        <source>Make variations</source>
        <translation>生成变化</translation>
    </message>
    <message>
        <source>Morph</source>
        <translation>渐变</translation>
    </message>
    <message>
        <source>Mix two pictures</source>
        <translation>混合两张图片</translation>
    </message>
    <message>
        <source>Change a generated picture</source>
        <translation>调整生成的图片</translation>
    </message>
    <message>
        <source>Drag points</source>
        <translation>拖动点</translation>
    </message>
    <message>
        <source>Find the photo again</source>
        <translation>还原照片</translation>
    </message>
    <message>
        <source>Generate layer</source>
        <translation>生成图层</translation>
    </message>
</context>
<context>
    <name>TaskRow</name>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Save as recipe…</source>
        <translation>存为方案…</translation>
    </message>
</context>
<context>
    <name>TextSection</name>
    <message>
        <source>Text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>字形</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Text colour</source>
        <translation>文字颜色</translation>
    </message>
    <message>
        <source>Underline</source>
        <translation>下划线</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>行距</translation>
    </message>
    <message>
        <source>Distance between the lines</source>
        <translation>行与行之间的距离</translation>
    </message>
    <message>
        <source>Letters</source>
        <translation>字距</translation>
    </message>
    <message>
        <source>Distance between the letters</source>
        <translation>字与字之间的距离</translation>
    </message>
    <message>
        <source>Box</source>
        <translation>文本框</translation>
    </message>
    <message>
        <source>As wide as the lines</source>
        <translation>与文字同宽</translation>
    </message>
    <message>
        <source>Lines are broken at this width</source>
        <translation>文字到这个宽度就换行</translation>
    </message>
    <message>
        <source>“{font}” is not on this computer; another font is shown.</source>
        <translation>这台电脑上没有字体“{font}”，现在显示的是另一种字体。</translation>
    </message>
    <message>
        <source>Font</source>
        <translation>字体</translation>
    </message>
    <message>
        <source>Font; type to search</source>
        <translation>字体；输入文字即可搜索</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>左对齐</translation>
    </message>
    <message>
        <source>Centred</source>
        <translation>居中</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>右对齐</translation>
    </message>
    <message>
        <source>Both sides; in a box</source>
        <translation>两端对齐；仅用于文本框</translation>
    </message>
    <message>
        <source>Alignment</source>
        <translation>对齐</translation>
    </message>
</context>
<context>
    <name>ThresholdSection</name>
    <message>
        <source>Level</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>Where black becomes white</source>
        <translation>黑白分界处</translation>
    </message>
    <message>
        <source>Darker becomes black, lighter white.</source>
        <translation>比它暗的变黑，比它亮的变白。</translation>
    </message>
</context>
<context>
    <name>ToneButton</name>
    <message>
        <source>Pull tones of the picture</source>
        <translation>在图片上拖动影调</translation>
    </message>
    <message>
        <source>Then press on the picture and drag: up makes that tone lighter, down darker</source>
        <translation>然后在图片上按住并拖动：向上使该影调变亮，向下变暗</translation>
    </message>
</context>
<context>
    <name>Tool</name>
    <message>
        <source>Click select</source>
        <translation>点选</translation>
    </message>
    <message>
        <source>Click a thing to keep it, Alt+click to take it away.</source>
        <translation>点击要保留的物体，Alt+点击去掉。</translation>
    </message>
    <message>
        <source>Eyedropper</source>
        <translation>吸管</translation>
    </message>
    <message>
        <source>Click to take the foreground colour from the picture, with Alt the background colour.</source>
        <translation>单击从图片上取前景色，按住 Alt 取背景色。</translation>
    </message>
    <message>
        <source>Hand</source>
        <translation>抓手</translation>
    </message>
    <message>
        <source>Drag to move the view. Space does it in any tool.</source>
        <translation>拖动平移画面；用其他工具时按住空格也行。</translation>
    </message>
    <message>
        <source>Restore and erase</source>
        <translation>恢复与擦除</translation>
    </message>
    <message>
        <source>Paint to bring the photo back, X or Alt to erase. [ ] size, Shift+[ ] softness, 1-0 strength, Shift+click for a straight line.</source>
        <translation>涂抹恢复原图，按 X 或 Alt 改为擦除。[ ] 调大小，Shift+[ ] 调软硬，1-0 调强度，Shift+点击画直线。</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>Drag to move the layer, with Alt a copy; Shift keeps it straight, Ctrl free of snapping. Press Ctrl first to take the layer that is under the pointer, or only what is selected.</source>
        <translation>拖动以移动图层，按住 Alt 移动副本；Shift 保持直线，Ctrl 不吸附。先按住 Ctrl 可选取指针下的图层，或只移动所选内容。</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>Click to zoom in, Alt+click to zoom out, drag a frame to fill the view.</source>
        <translation>点击放大，Alt+点击缩小，拖框放大到满屏。</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>套索</translation>
    </message>
    <message>
        <source>Draw round what you want to select. Shift adds, Alt takes away.</source>
        <translation>沿着要选的东西画一圈。Shift 添加，Alt 减去。</translation>
    </message>
    <message>
        <source>Polygon lasso</source>
        <translation>多边形套索</translation>
    </message>
    <message>
        <source>Click from corner to corner; double-click or Enter closes, Backspace takes the last corner back, Esc gives up.</source>
        <translation>逐个点击角点；双击或回车闭合，退格键撤回上一个角点，Esc 放弃。</translation>
    </message>
    <message>
        <source>Drag to select. Shift adds, Alt takes away; while dragging Shift makes it even, Alt draws from the middle, Space moves it.</source>
        <translation>拖动来选择。按住 Shift 添加，Alt 减去；拖动时 Shift 画正方形，Alt 从中心画，空格移动选框。</translation>
    </message>
    <message>
        <source>Rectangle select</source>
        <translation>矩形选框</translation>
    </message>
    <message>
        <source>Ellipse select</source>
        <translation>椭圆选框</translation>
    </message>
    <message>
        <source>Object select</source>
        <translation>点选物体</translation>
    </message>
    <message>
        <source>Click a thing to select it. Shift adds, Alt takes away.</source>
        <translation>点击物体即可选中。Shift 添加，Alt 减去。</translation>
    </message>
    <message>
        <source>Quick mask</source>
        <translation>快速蒙版</translation>
    </message>
    <message>
        <source>Paint to select, X or Alt to take away; what is red is not selected. Q when you are done.</source>
        <translation>涂抹来选择，按 X 或 Alt 减去；红色部分未被选中。完成后按 Q。</translation>
    </message>
    <message>
        <source>Magic wand</source>
        <translation>魔棒</translation>
    </message>
    <message>
        <source>Click a colour to select all that looks like it. Shift adds, Alt takes away.</source>
        <translation>点击一种颜色，选中所有相近的部分。Shift 添加，Alt 减去。</translation>
    </message>
    <message>
        <source>Drag to draw; Shift makes it regular, Alt draws from the middle.</source>
        <translation>拖动即可绘制；按住 Shift 为正形，按住 Alt 从中心画。</translation>
    </message>
    <message>
        <source>Rectangle</source>
        <translation>矩形</translation>
    </message>
    <message>
        <source>Ellipse</source>
        <translation>椭圆</translation>
    </message>
    <message>
        <source>Polygon</source>
        <translation>多边形</translation>
    </message>
    <message>
        <source>Star</source>
        <translation>星形</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>直线</translation>
    </message>
    <message>
        <source>Drag to draw a line; Shift turns it in steps, Alt draws from the middle.</source>
        <translation>拖动画线；按住 Shift 按固定角度转动，按住 Alt 从中间画。</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>Click and type, or drag a box for longer text. Click on text to change it; Esc ends.</source>
        <translation>单击即可输入，长文字可先拖出文本框。单击已有文字可修改；Esc 结束。</translation>
    </message>
    <message>
        <source>Click a colour of the picture. Esc gives up.</source>
        <translation>点击图片中的颜色。按 Esc 取消。</translation>
    </message>
    <message>
        <source>Transform</source>
        <translation>变换</translation>
    </message>
    <message>
        <source>Drag a handle to scale, outside to rotate. Shift, Alt, Ctrl: free, from the middle, perspective. Enter applies, Esc cancels.</source>
        <translation>拖动控制点缩放，在框外拖动旋转。Shift、Alt、Ctrl：自由、从中心、透视。回车应用，Esc 取消。</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>裁剪</translation>
    </message>
    <message>
        <source>Drag the frame, or outside of it to turn. Shift keeps the proportions, Enter crops, Esc begins anew.</source>
        <translation>拖动裁剪框，在框外拖动可旋转。Shift 保持比例，回车裁剪，Esc 重来。</translation>
    </message>
    <message>
        <source>Rotate view</source>
        <translation>旋转视图</translation>
    </message>
    <message>
        <source>Drag to turn the view; Shift goes in steps. Esc or a double click turns it back.</source>
        <translation>拖动以旋转视图；按住 Shift 按步旋转。按 Esc 或双击转正。</translation>
    </message>
    <message>
        <source>Pen</source>
        <translation>钢笔</translation>
    </message>
    <message>
        <source>Click for corners, drag for curves, click the first point to close. Ctrl moves points, Alt breaks handles, Backspace takes the last point back.</source>
        <translation>单击画角点，拖动画曲线，单击起点闭合。Ctrl 移动锚点，Alt 拆分手柄，Backspace 撤回上一个锚点。</translation>
    </message>
    <message>
        <source>Press on a tone of the picture and drag up to make it lighter, down to make it darker. Esc ends.</source>
        <translation>在图片的某个影调上按住，向上拖动变亮，向下拖动变暗。按 Esc 结束。</translation>
    </message>
    <message>
        <source>Clone stamp</source>
        <translation>仿制图章</translation>
    </message>
    <message>
        <source>Alt+click the place to copy from, then paint. [ ] size, Shift+[ ] softness, 1-0 opacity.</source>
        <translation>按住 Alt 点击取样处，然后涂抹。[ ] 大小，Shift+[ ] 软硬，1-0 不透明度。</translation>
    </message>
    <message>
        <source>Heal</source>
        <translation>修复</translation>
    </message>
    <message>
        <source>Click dust, or paint over a scratch, and it is gone. Alt+click a place to take its texture instead of what is found. [ ] size, Shift+[ ] softness.</source>
        <translation>点击灰尘，或涂过划痕，即可去除。按住 Alt 点击可指定取用哪里的纹理。[ ] 大小，Shift+[ ] 软硬。</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>画笔</translation>
    </message>
    <message>
        <source>Paint in the foreground colour; Alt+click takes a colour. [ ] size, Shift+[ ] softness, 1-0 opacity, Shift+click for a straight line.</source>
        <translation>用前景色绘制；按住 Alt 点击吸取颜色。[ ] 大小，Shift+[ ] 软硬，1-0 不透明度，Shift+点击画直线。</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>橡皮擦</translation>
    </message>
    <message>
        <source>Paint to make transparent; a photo is only hidden there, and Alt brings it back. [ ] size, Shift+[ ] softness, 1-0 opacity, Shift+click for a straight line.</source>
        <translation>涂抹处变透明；照片只是被隐藏，按住 Alt 可恢复。[ ] 大小，Shift+[ ] 软硬，1-0 不透明度，Shift+点击画直线。</translation>
    </message>
    <message>
        <source>Dodge</source>
        <translation>减淡</translation>
    </message>
    <message>
        <source>Paint to make lighter, with Alt darker. [ ] size, Shift+[ ] softness.</source>
        <translation>涂抹变亮，按住 Alt 变暗。[ ] 大小，Shift+[ ] 软硬。</translation>
    </message>
    <message>
        <source>Burn</source>
        <translation>加深</translation>
    </message>
    <message>
        <source>Paint to make darker, with Alt lighter. [ ] size, Shift+[ ] softness.</source>
        <translation>涂抹变暗，按住 Alt 变亮。[ ] 大小，Shift+[ ] 软硬。</translation>
    </message>
    <message>
        <source>Sponge</source>
        <translation>海绵</translation>
    </message>
    <message>
        <source>Paint to make colours stronger or paler; Alt does the other. [ ] size, 1-0 strength.</source>
        <translation>涂抹让颜色更鲜艳或更浅淡；按住 Alt 则相反。[ ] 大小，1-0 强度。</translation>
    </message>
    <message>
        <source>Blur brush</source>
        <translation>模糊画笔</translation>
    </message>
    <message>
        <source>Paint to soften, with Alt to sharpen. [ ] size, Shift+[ ] softness.</source>
        <translation>涂抹变模糊，按住 Alt 变清晰。[ ] 大小，Shift+[ ] 软硬。</translation>
    </message>
    <message>
        <source>Sharpen brush</source>
        <translation>锐化画笔</translation>
    </message>
    <message>
        <source>Paint to sharpen, with Alt to soften. [ ] size, Shift+[ ] softness.</source>
        <translation>涂抹变清晰，按住 Alt 变模糊。[ ] 大小，Shift+[ ] 软硬。</translation>
    </message>
    <message>
        <source>Smudge</source>
        <translation>涂抹</translation>
    </message>
    <message>
        <source>Drag colours along as with a finger. [ ] size, Shift+[ ] softness.</source>
        <translation>像手指一样把颜色拖开。[ ] 大小，Shift+[ ] 软硬。</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>填充</translation>
    </message>
    <message>
        <source>Click an area of one colour to fill it with the foreground colour, with Alt the background colour.</source>
        <translation>点击一片颜色，用前景色填充；按住 Alt 用背景色。</translation>
    </message>
    <message>
        <source>Gradient tool</source>
        <translation>渐变工具</translation>
    </message>
    <message>
        <source>Drag from where the foreground colour is to where the background colour is. Shift for steps of 45°.</source>
        <translation>从前景色的位置拖到背景色的位置。按住 Shift 以 45° 为步长。</translation>
    </message>
    <message>
        <source>Erase object</source>
        <translation>消除物体</translation>
    </message>
    <message>
        <source>Paint over something to make it disappear; then choose a variant above. Esc stops. [ ] size, Shift+click for a straight line.</source>
        <translation>涂过物体即可消除，然后在上方选择方案。Esc 停止。[ ] 大小，Shift+点击画直线。</translation>
    </message>
</context>
<context>
    <name>ToolColumn</name>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Zoom</source>
        <translation>缩放比例</translation>
    </message>
    <message>
        <source>Show the photo as it was (hold ` or Ctrl+Shift+B)</source>
        <translation>查看原图（按住 ` 或 Ctrl+Shift+B）</translation>
    </message>
    <message>
        <source>Search commands</source>
        <translation>搜索命令</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
</context>
<context>
    <name>Tour</name>
    <message>
        <source>Begin with a photo</source>
        <translation>从一张照片开始</translation>
    </message>
    <message>
        <source>Drop photos or folders here, paste them, or try a sample. Your files are never changed: what you do is kept beside them.</source>
        <translation>把照片或文件夹拖到这里、粘贴，或试试示例。您的原文件绝不会被改动，所做的编辑另行保存。</translation>
    </message>
    <message>
        <source>One click takes the background away</source>
        <translation>一键去除背景</translation>
    </message>
    <message>
        <source>Choose white, a colour, a picture or a studio instead. Where the edge is not right, paint or click it right.</source>
        <translation>可换成白色、纯色、图片或影棚背景。边缘不准的地方，涂抹或点击即可修正。</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>Move, select, crop, paint, write. Each has a letter, told where the pointer rests; Shift and the letter goes on to the next of its kind.</source>
        <translation>移动、选择、裁剪、绘画、文字。每个工具都有一个字母键，指针停留时会显示；按 Shift 加该字母切换到同类的下一个。</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>图层</translation>
    </message>
    <message>
        <source>Everything lies in layers and stays editable: photos, texts, shadows, colours. Ctrl+Z takes back as many steps as you like.</source>
        <translation>照片、文字、阴影、颜色都在图层中，随时可再编辑。按 Ctrl+Z 可一直撤销。</translation>
    </message>
    <message>
        <source>Make more of it</source>
        <translation>更多可能</translation>
    </message>
    <message>
        <source>Colours, style, sharper and larger, new pictures from your own catalogue: each has its panel behind these buttons.</source>
        <translation>调色、风格、变清晰变大、用自己的商品库生成新图：每项都在这些按钮后的面板里。</translation>
    </message>
    <message>
        <source>Out to the shop</source>
        <translation>发布到店铺</translation>
    </message>
    <message>
        <source>Export makes the file that a marketplace demands and checks it. For many photos at once there is File &gt; Batch export.</source>
        <translation>“导出”按平台要求生成文件并检查。要一次处理很多照片，请用“文件”&gt;“批量导出”。</translation>
    </message>
    <message>
        <source>Everything by name</source>
        <translation>按名称查找一切</translation>
    </message>
    <message>
        <source>Type what you look for: every command is found here, in either language.</source>
        <translation>输入要找的内容：所有命令都能在这里找到，中英文均可。</translation>
    </message>
    <message>
        <source>End</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>上一步</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>New here? See in a minute where everything is.</source>
        <translation>第一次使用？一分钟带您了解界面。</translation>
    </message>
    <message>
        <source>Show me round</source>
        <translation>带我看看</translation>
    </message>
</context>
<context>
    <name>Training</name>
    <message>
        <source>the same file as another</source>
        <translation>与另一文件相同</translation>
    </message>
    <message>
        <source>a copy of another picture</source>
        <translation>与另一张图片重复</translation>
    </message>
    <message>
        <source>too small</source>
        <translation>太小</translation>
    </message>
    <message>
        <source>can&apos;t be opened</source>
        <translation>无法打开</translation>
    </message>
    <message>
        <source>hardly any product was found</source>
        <translation>几乎没有找到商品</translation>
    </message>
    <message>
        <source>the background could not be told from the product</source>
        <translation>分不清背景和商品</translation>
    </message>
    <message>
        <source>the product goes beyond both sides of the picture</source>
        <translation>商品超出了画面两侧</translation>
    </message>
</context>
<context>
    <name>TrainingForm</name>
    <message>
        <source>Choose, or drop it here</source>
        <translation>选择，或拖到这里</translation>
    </message>
    <message>
        <source>Folder of pictures</source>
        <translation>图片文件夹</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Begin with</source>
        <translation>起点</translation>
    </message>
    <message>
        <source>What another generator knows: fewer pictures and less time are enough.</source>
        <translation>从另一个生成器已学会的内容开始：所需的图片和时间更少。</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>Size of its pictures</source>
        <translation>图片尺寸</translation>
    </message>
    <message>
        <source> min</source>
        <translation> 分钟</translation>
    </message>
    <message>
        <source>As long as it needs</source>
        <translation>按需要</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Cut products out onto white</source>
        <translation>先抠出商品放到白底上</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>从零开始</translation>
    </message>
    <message>
        <source>There is no such folder.</source>
        <translation>没有这个文件夹。</translation>
    </message>
    <message>
        <source>A name can&apos;t have any of these: {signs}</source>
        <translation>名称中不能有这些字符：{signs}</translation>
    </message>
    <message>
        <source>There is a generator of this name already.</source>
        <translation>已有同名的生成器。</translation>
    </message>
    <message>
        <source>Began with {name}</source>
        <translation>以“{name}”为起点</translation>
    </message>
    <message>
        <source>Standard</source>
        <translation>标准</translation>
    </message>
    <message>
        <source>For dragging and mixing</source>
        <translation>用于拖动和混合</translation>
    </message>
    <message>
        <source>For finding and comparing</source>
        <translation>用于查找和比较</translation>
    </message>
    <message>
        <source>For trying out</source>
        <translation>用于尝试</translation>
    </message>
    <message>
        <source>Learns well without a graphics card. Makes, varies and morphs products, and works on your own photos.</source>
        <translation>没有显卡也学得好。可以生成、变化和渐变商品，也能用于您自己的照片。</translation>
    </message>
    <message>
        <source>Its pictures can be mixed and pulled at points. Without a graphics card, an hour or more at 64 × 64, and much longer at larger sizes.</source>
        <translation>其图片可以混合，也可以按点拖动。没有显卡时，64 × 64 需要一小时以上，更大的尺寸需要长得多的时间。</translation>
    </message>
    <message>
        <source>Learns fastest. Its pictures are soft; it finds odd ones out.</source>
        <translation>学得最快。图片较柔和；可找出异常的图片。</translation>
    </message>
    <message>
        <source>Small and simple: shows how learning goes, in minutes.</source>
        <translation>小而简单：几分钟就能看到学习过程。</translation>
    </message>
    <message>
        <source>Where the folder has folders in it, each is a kind of product.</source>
        <translation>如果里面有子文件夹，每个子文件夹是一个品类。</translation>
    </message>
</context>
<context>
    <name>TrainingProgress</name>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Its pictures</source>
        <translation>它生成的图片</translation>
    </message>
    <message>
        <source>Beside yours</source>
        <translation>与您的图片对比</translation>
    </message>
    <message>
        <source>How it learned</source>
        <translation>学习过程</translation>
    </message>
    <message>
        <source>What is shown</source>
        <translation>显示内容</translation>
    </message>
    <message>
        <source>Above what it made, below the picture of yours that is nearest to it</source>
        <translation>上方是它生成的图片，下方是您的图片中最接近的一张</translation>
    </message>
    <message>
        <source>Looking at the pictures</source>
        <translation>正在查看图片</translation>
    </message>
    <message>
        <source>Getting ready</source>
        <translation>正在准备</translation>
    </message>
    <message>
        <source>Looking how good it is</source>
        <translation>正在评估好坏</translation>
    </message>
    <message>
        <source>Its pictures are compared with yours.</source>
        <translation>正在把它的图片与您的照片比较。</translation>
    </message>
    <message>
        <source>Paused. Nothing is lost.</source>
        <translation>已暂停，内容都在。</translation>
    </message>
    <message>
        <source>{seen} pictures seen</source>
        <translation>已看 {seen} 张</translation>
    </message>
    <message>
        <source>Learning to see your products</source>
        <translation>正在学习认识您的商品</translation>
    </message>
    <message>
        <source>Learning what there is among your products</source>
        <translation>正在了解您有哪些商品</translation>
    </message>
    <message>
        <source>Learning to make new ones</source>
        <translation>正在学习制作新图片</translation>
    </message>
    <message>
        <source>About a minute left</source>
        <translation>大约还需 1 分钟</translation>
    </message>
    <message>
        <source>About {minutes} min left</source>
        <translation>大约还需 {minutes} 分钟</translation>
    </message>
    <message>
        <source>About {hours} h {minutes} min left</source>
        <translation>大约还需 {hours} 小时 {minutes} 分钟</translation>
    </message>
    <message>
        <source>Memory is short: it goes on in smaller pieces, more slowly.</source>
        <translation>内存不足：改用更小的批次继续，速度会慢一些。</translation>
    </message>
    <message>
        <source>The figures ran away. It went back to what it kept last and goes on.</source>
        <translation>数值失控。已退回上次保存的状态继续。</translation>
    </message>
    <message>
        <source>Its pictures become alike. If they stay so, stop it and give it more pictures.</source>
        <translation>它做出的图片越来越相似。若一直如此，请停止训练并提供更多图片。</translation>
    </message>
    <message>
        <source>It could not keep what it has learned: is the disk full? It tries again.</source>
        <translation>无法保存学到的内容：磁盘是否已满？稍后会再试。</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差值</translation>
    </message>
    <message>
        <source>Looks</source>
        <translation>观感</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>误差</translation>
    </message>
    <message>
        <source>Told apart</source>
        <translation>识破率</translation>
    </message>
    <message>
        <source>Variety</source>
        <translation>多样性</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>距离</translation>
    </message>
</context>
<context>
    <name>TrainingWindow</name>
    <message>
        <source>Train a generator</source>
        <translation>训练生成器</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Train longer</source>
        <translation>延长训练</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>New training</source>
        <translation>新的训练</translation>
    </message>
    <message>
        <source>A generator learns from your own pictures what your products look like, and then makes new ones. Some hundred pictures of one kind of product are good; nothing leaves this computer. You may go on working meanwhile: it makes way for what you do.</source>
        <translation>生成器从您自己的图片中学习商品的样子，然后做出新的图片。同一类商品有几百张图片为好；图片不会离开这台电脑。训练时您可以继续工作，它会让出资源。</translation>
    </message>
    <message>
        <source>Stopped. It goes on where it was.</source>
        <translation>已停止，可从原处继续。</translation>
    </message>
    <message>
        <source>Stopping: what was learned is being kept …</source>
        <translation>正在停止：正在保存学到的内容…</translation>
    </message>
    <message>
        <source>Delete the training “{name}”? All that it has learned is lost.</source>
        <translation>要删除训练“{name}”吗？学到的内容会全部丢失。</translation>
    </message>
    <message>
        <source>Done.</source>
        <translation>已完成。</translation>
    </message>
    <message>
        <source>It is not good enough to be used yet.</source>
        <translation>还不够好，暂时不能使用。</translation>
    </message>
    <message>
        <source>It is good, and in your library now.</source>
        <translation>质量合格，已放入您的生成器库。</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
</context>
<context>
    <name>Transform</name>
    <message>
        <source>Scale</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>Rotate</source>
        <translation>旋转</translation>
    </message>
    <message>
        <source>Skew</source>
        <translation>斜切</translation>
    </message>
    <message>
        <source>Perspective</source>
        <translation>透视</translation>
    </message>
    <message>
        <source>Warp</source>
        <translation>变形</translation>
    </message>
</context>
<context>
    <name>TransformOptions</name>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Flip left to right</source>
        <translation>水平翻转</translation>
    </message>
    <message>
        <source>Flip upside down</source>
        <translation>垂直翻转</translation>
    </message>
    <message>
        <source>Turn left by 90°</source>
        <translation>向左旋转 90°</translation>
    </message>
    <message>
        <source>Turn right by 90°</source>
        <translation>向右旋转 90°</translation>
    </message>
    <message>
        <source>Turn by 180°</source>
        <translation>旋转 180°</translation>
    </message>
    <message>
        <source>What the handles do</source>
        <translation>控制点的作用</translation>
    </message>
    <message>
        <source>From the left</source>
        <translation>离左边</translation>
    </message>
    <message>
        <source>From the top</source>
        <translation>离上边</translation>
    </message>
    <message>
        <source>W</source>
        <translation>宽</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>H</source>
        <translation>高</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Unit of width and height</source>
        <translation>宽高的单位</translation>
    </message>
    <message>
        <source>Width and height in proportion</source>
        <translation>宽高按比例</translation>
    </message>
    <message>
        <source>Angle</source>
        <translation>角度</translation>
    </message>
    <message>
        <source>Skew</source>
        <translation>斜切</translation>
    </message>
</context>
<context>
    <name>TypingField</name>
    <message>
        <source>Text on the picture</source>
        <translation>图片上的文字</translation>
    </message>
</context>
<context>
    <name>VariantExports</name>
    <message>
        <source>{count} variants are in “{folder}”.</source>
        <translation>已将 {count} 个颜色版本导出到“{folder}”。</translation>
    </message>
</context>
<context>
    <name>VariantsSection</name>
    <message>
        <source>Variants</source>
        <translation>多色版本</translation>
    </message>
    <message>
        <source>Collect colours here, then export the picture in each.</source>
        <translation>在这里收集颜色，然后按每种颜色导出一张图。</translation>
    </message>
    <message>
        <source>Add this colour</source>
        <translation>添加此颜色</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Export variants…</source>
        <translation>导出多色版本…</translation>
    </message>
</context>
<context>
    <name>VerdictView</name>
    <message>
        <source>at most {share}</source>
        <translation>最多 {share}</translation>
    </message>
    <message>
        <source>at least {share}</source>
        <translation>至少 {share}</translation>
    </message>
    <message>
        <source>good</source>
        <translation>合格</translation>
    </message>
    <message>
        <source>not good enough</source>
        <translation>不合格</translation>
    </message>
    <message>
        <source>{made} of its pictures against {real} of yours</source>
        <translation>用它的 {made} 张图片与您的 {real} 张图片比较</translation>
    </message>
    <message>
        <source>Fréchet distance {found} (the best there can be: {best})</source>
        <translation>Fréchet 距离 {found}（最好可达 {best}）</translation>
    </message>
    <message>
        <source>Look like your products</source>
        <translation>像您的商品</translation>
    </message>
    <message>
        <source>Sharpness</source>
        <translation>清晰度</translation>
    </message>
    <message>
        <source>Told to be of their class</source>
        <translation>能认出品类</translation>
    </message>
    <message>
        <source>Variety</source>
        <translation>多样性</translation>
    </message>
    <message>
        <source>Of your range met</source>
        <translation>覆盖您的商品</translation>
    </message>
    <message>
        <source>Nearly copies of yours</source>
        <translation>几乎照搬您的图片</translation>
    </message>
</context>
<context>
    <name>VersionsWindow</name>
    <message>
        <source>Earlier versions of {name}</source>
        <translation>{name} 的历史版本</translation>
    </message>
    <message>
        <source>Earlier versions</source>
        <translation>历史版本</translation>
    </message>
    <message>
        <source>Bring it back</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Open beside</source>
        <translation>单独打开</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>This version is damaged.</source>
        <translation>此版本已损坏。</translation>
    </message>
    <message>
        <source>What is open now stays one Undo away.</source>
        <translation>当前内容可用“撤销”找回。</translation>
    </message>
    <message>
        <source>Save this picture as a project first; each later save keeps the last.</source>
        <translation>请先把图片保存为项目；之后每次保存都会保留上一版。</translation>
    </message>
    <message>
        <source>There are none yet: each save keeps what was in the file before.</source>
        <translation>还没有历史版本：每次保存都会保留文件之前的内容。</translation>
    </message>
    <message>
        <source>Bring back an earlier version</source>
        <translation>恢复历史版本</translation>
    </message>
</context>
<context>
    <name>WhiteBalanceSection</name>
    <message>
        <source>Click a grey</source>
        <translation>点选灰色</translation>
    </message>
    <message>
        <source>Then click something in the picture that is grey or white</source>
        <translation>然后点击图片中本应为灰色或白色的地方</translation>
    </message>
    <message>
        <source>Auto</source>
        <translation>自动</translation>
    </message>
</context>
<context>
    <name>_Colours</name>
    <message>
        <source>Colours of the variants</source>
        <translation>多色版本的颜色</translation>
    </message>
</context>
</TS>
